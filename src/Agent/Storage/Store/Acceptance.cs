namespace NodeAgent.Storage.Store;

/// <summary>What came of accepting a map's paths as they are.</summary>
/// <param name="Map">As it stands now.</param>
/// <param name="FormerBest">The best path count before.</param>
/// <param name="Refusal">Why nothing was accepted, in a sentence; null where it was.</param>
public sealed record Acceptance(JudgedMap Map, int FormerBest, string? Refusal);
