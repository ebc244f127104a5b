using NodeAgent.Network.Model;

namespace NodeAgent.Network.Drift;

/// <summary>What a watcher is told: the names that changed (null: everything, the state was listed anew) and the state after it.</summary>
/// <param name="Links">Names of links that appeared, changed or went; null means all of them.</param>
/// <param name="Snapshot">The state after the change; read it before returning, the owner goes on to change it.</param>
/// <param name="Reason">"start", "event", "overflow: listed again".</param>
/// <param name="RoutesChanged">Routes came or went.</param>
public sealed record NetworkChange(IReadOnlyList<string>? Links, NetworkSnapshot Snapshot, string Reason, bool RoutesChanged = false);
