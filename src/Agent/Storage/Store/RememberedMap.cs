using NodeAgent.Storage.Judging;

namespace NodeAgent.Storage.Store;

/// <summary>What is kept of a map across restarts.</summary>
/// <param name="Name">As it was called last, for whoever reads the file.</param>
/// <param name="History">What it is judged by.</param>
/// <param name="Gone">Since when it is not there; null where it is.</param>
public sealed record RememberedMap(string Name, MapHistory History, DateTimeOffset? Gone);
