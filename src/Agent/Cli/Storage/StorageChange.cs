namespace NodeAgent.Cli.Storage;

/// <summary>One thing that changed; From is null where it appeared, To where it went.</summary>
/// <param name="Kind">"map", "initiator" or "source".</param>
/// <param name="Name">Of that.</param>
/// <param name="Path">The path of the map it is about; null: the map itself.</param>
/// <param name="Field">"verdict", "dm", "checker", "device", "state", …</param>
/// <param name="From">As it was.</param>
/// <param name="To">As it is.</param>
/// <param name="Sentence">Why; null where it needs no reason.</param>
/// <param name="Severity">How much it matters; null where it is not graded.</param>
internal sealed record StorageChange(string Kind, string Name, string? Path, string Field, string? From, string? To, string? Sentence = null, Api.V1.Severity? Severity = null);
