using System.Collections.Immutable;
using NodeAgent.Network.Drift;
using NodeAgent.Network.Model;

namespace NodeAgent.Node;

/// <summary>A state with a change of the network taken in: only links and routes that differ get the new version.</summary>
internal readonly ref struct LinkUpdate
{
    private readonly List<string> _names = [];

    public LinkUpdate(NodeState old, NetworkChange change)
    {
        Version = old.Version + 1;
        ImmutableDictionary<string, NodeLink>.Builder? links = null;
        foreach (var name in change.Links ?? All(old, change.Snapshot))
        {
            var before = old.Links.GetValueOrDefault(name);
            var now = change.Snapshot.Find(name);
            var routes = now is null ? [] : change.Snapshot.Routes.OfDevice(name);
            if (IsSame(before, now, routes)) continue;
            links ??= old.Links.ToBuilder();
            if (now is null) links.Remove(name);
            else links[name] = new NodeLink(now, before is not null && routes.SequenceEqual(before.Routes) ? before.Routes : [.. routes], Version);
            _names.Add(name);
        }

        var isListed = change.Links is null || old.IsListed;
        var others = old.OtherRoutes;
        if ((change.RoutesChanged || change.Links is null) && !change.Snapshot.Routes.WithoutDevice.SequenceEqual(others))
        {
            others = [.. change.Snapshot.Routes.WithoutDevice];
            OthersChanged = true;
        }

        State = old with
        {
            Version = Version,
            Links = links?.ToImmutable() ?? old.Links,
            LinksVersion = Version,
            OtherRoutes = others,
            OtherRoutesVersion = OthersChanged ? Version : old.OtherRoutesVersion,
            IsListed = isListed,
        };
    }

    public long Version { get; }

    /// <summary>Links that came, changed or went.</summary>
    public IReadOnlyList<string> Names => _names;

    public bool OthersChanged { get; }

    public NodeState State { get; }

    private static IEnumerable<string> All(NodeState old, NetworkSnapshot snapshot)
    {
        foreach (var name in snapshot.Links.Keys) yield return name;
        foreach (var name in old.Links.Keys)
        {
            if (snapshot.Find(name) is null) yield return name;
        }
    }

    private static bool IsSame(NodeLink? before, LinkState? now, IReadOnlyList<RouteState> routes)
    {
        if (before is null || now is null) return before is null && now is null;
        return (ReferenceEquals(before.State, now) || before.State.IsSameAs(now)) && routes.SequenceEqual(before.Routes);
    }
}
