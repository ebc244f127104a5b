namespace NodeAgent.Network.Drift;

/// <summary>What came of reading the policies.</summary>
/// <param name="Changed">The desired state is another one now.</param>
/// <param name="Busy">Another process is in the middle of a transaction: ask again.</param>
/// <param name="Applied">Policies that were applied anew.</param>
/// <param name="Conditions">Policies that are not in force, and why.</param>
internal sealed record PolicyLoadResult(bool Changed, bool Busy, IReadOnlyList<string> Applied, IReadOnlyDictionary<string, PolicyCondition> Conditions);
