using NodeAgent.Network.Applying;
using NodeAgent.Network.Drift;
using NodeAgent.Network.Model;

namespace NodeAgent.Network;

/// <summary>The network, the policies and the transaction that waits to be confirmed, at one moment.</summary>
public sealed record NetworkState(NetworkSnapshot Snapshot, IReadOnlyList<PolicyStatus> Policies, WaitingTransaction? Waiting);
