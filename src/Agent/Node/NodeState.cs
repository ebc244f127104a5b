using System.Collections.Immutable;
using NodeAgent.Network.Applying;
using NodeAgent.Network.Drift;
using NodeAgent.Network.Model;

namespace NodeAgent.Node;

/// <summary>What the daemon knows of its node at one moment. Never changes once published: read it without locks.</summary>
public sealed record NodeState
{
    public static readonly NodeState Empty = new();

    /// <summary>Grows by one with each publication; a new process starts anew, under another <see cref="NodeStateStore.Epoch"/>.</summary>
    public long Version { get; init; }

    public ImmutableDictionary<string, NodeLink> Links { get; init; } = ImmutableDictionary<string, NodeLink>.Empty.WithComparers(StringComparer.Ordinal);

    /// <summary>The version at which a link or a route changed last.</summary>
    public long LinksVersion { get; init; }

    /// <summary>Routes that leave by no single link: multipath, blackhole.</summary>
    public IReadOnlyList<RouteState> OtherRoutes { get; init; } = [];

    /// <summary>The version at which <see cref="OtherRoutes"/> changed last.</summary>
    public long OtherRoutesVersion { get; init; }

    /// <summary>The policies the daemon found and how they stand.</summary>
    public IReadOnlyList<PolicyStatus> Policies { get; init; } = [];

    /// <summary>The newest transactions of the journal, oldest first.</summary>
    public IReadOnlyList<TransactionSummary> Transactions { get; init; } = [];

    /// <summary>The transaction that waits to be confirmed, or null.</summary>
    public WaitingTransaction? Waiting { get; init; }

    /// <summary>The links and routes as one mutable list of its own.</summary>
    public NetworkSnapshot ToSnapshot()
    {
        var snapshot = new NetworkSnapshot();
        foreach (var link in Links.Values)
        {
            snapshot.Put(link.State);
            foreach (var route in link.Routes) snapshot.Routes.Add(route);
        }

        foreach (var route in OtherRoutes) snapshot.Routes.Add(route);
        return snapshot;
    }

    /// <summary>False until the links were listed for the first time.</summary>
    public bool IsListed { get; init; }
}
