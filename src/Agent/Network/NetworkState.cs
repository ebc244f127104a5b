using NodeAgent.Network.Applying;
using NodeAgent.Network.Drift;
using NodeAgent.Network.Health;
using NodeAgent.Network.Model;

namespace NodeAgent.Network;

/// <summary>The network, the policies and the transaction that waits to be confirmed, at one moment.</summary>
public sealed record NetworkState(NetworkSnapshot Snapshot, IReadOnlyList<PolicyStatus> Policies, WaitingTransaction? Waiting)
{
    /// <summary>MAC addresses that more than one port claims, as far as somebody watched.</summary>
    public IReadOnlyList<MacConflict> Macs { get; init; } = [];
}
