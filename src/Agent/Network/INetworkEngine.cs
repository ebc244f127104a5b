using NodeAgent.Network.Applying;
using NodeAgent.Network.Drift;
using NodeAgent.Network.Health;
using NodeAgent.Network.Model;
using NodeAgent.Network.Planning;

namespace NodeAgent.Network;

/// <summary>The network core as the command line and the daemon's API see it. An engine works in one network namespace and one state folder.</summary>
public interface INetworkEngine
{
    /// <summary>This engine for one caller, whose ways back to it are control paths as well.</summary>
    INetworkEngine ForCaller(IReadOnlyList<CallerPath> callers) => this;

    /// <summary>The links, addresses and routes as they are now.</summary>
    NetworkSnapshot Observe();

    /// <summary>All that is to be seen, at one moment.</summary>
    NetworkState State() => new(Observe(), Policies(), Waiting());

    /// <summary>The control paths of this node now: default routes, the configured control plane, the caller's SSH session.</summary>
    IReadOnlyList<ControlPath> ControlPaths();

    /// <summary>What applying this document now would do, merged with the policies in force; changes nothing.</summary>
    PlanResult Plan(PolicyDocument document, IReadOnlySet<string> allowDisrupt);

    /// <summary>Plans, applies, verifies, probes and commits, or rolls back. Blocks for the confirm time where one is set.</summary>
    ApplyResult Apply(ApplyRequest request, IProgress<ApplyEvent>? progress, CancellationToken cancellation);

    /// <summary>Keeps the transaction that waits for it (null: the one there is).</summary>
    TransactionReply Confirm(string? transaction);

    /// <summary>Rolls back the transaction that waits for confirmation, or undoes the last committed one (null: whichever there is).</summary>
    ApplyResult Rollback(string? transaction, IReadOnlySet<string> allowDisrupt, IProgress<ApplyEvent>? progress, CancellationToken cancellation);

    /// <summary>Takes a policy away and puts back what it changed.</summary>
    ApplyResult Delete(string policy, IReadOnlySet<string> allowDisrupt, IProgress<ApplyEvent>? progress, CancellationToken cancellation);

    /// <summary>The transaction that was applied and waits to be confirmed, or null.</summary>
    WaitingTransaction? Waiting() => null;

    /// <summary>The policies in force, with their state.</summary>
    IReadOnlyList<PolicyStatus> Policies();

    /// <summary>Addresses for guests, lower case with colons, that nobody on this node has: no link, no bridge's table, no neighbour.</summary>
    /// <param name="count">1 to <see cref="MacGenerator.Most"/>.</param>
    /// <param name="prefix">The first byte, one of <see cref="MacGenerator.Prefixes"/>; null: any of them.</param>
    IReadOnlyList<string> FreeMacs(int count, byte? prefix);

    /// <summary>Follows changes of links, addresses and routes until cancelled; the first call to <paramref name="onChange"/> is the present state (Links null means: everything).</summary>
    void Watch(Action<NetworkChange> onChange, CancellationToken cancellation);
}
