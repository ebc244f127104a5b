namespace NodeAgent.Storage.Model;

/// <summary>Where the knowledge of maps comes from. Absent, unsupported and failed are different answers.</summary>
/// <param name="State">Which.</param>
/// <param name="Reason">Why, in one sentence.</param>
public sealed record StorageSource(StorageSourceState State, string Reason);
