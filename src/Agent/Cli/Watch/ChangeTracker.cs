using NodeAgent.Cli.Show;
using NodeAgent.Network.Drift;
using NodeAgent.Network.Model;

namespace NodeAgent.Cli.Watch;

/// <summary>Turns the states a watcher is told of into single changes.</summary>
public sealed class ChangeTracker
{
    private readonly Dictionary<string, LinkState> _links = new(StringComparer.Ordinal);
    private HashSet<string> _routes = [];

    /// <summary>False until the first state came, which is not a change.</summary>
    public bool Started { get; private set; }

    public IReadOnlyList<LinkChange> Apply(NetworkChange change)
    {
        var changes = new List<LinkChange>();
        foreach (var name in change.Links ?? [.. _links.Keys.Union(change.Snapshot.Links.Keys)]) Update(name, change.Snapshot.Find(name), changes);
        var routes = new HashSet<string>();
        foreach (var route in change.Snapshot.Routes)
        {
            if (!route.IsKernels) routes.Add($"{route.Device}\t{RouteWords.Short(route)}");
        }

        AddRoutes(changes, _routes, routes, gone: true);
        AddRoutes(changes, routes, _routes, gone: false);
        _routes = routes;
        if (Started) return changes;
        Started = true;
        return [];
    }

    private void Update(string name, LinkState? now, List<LinkChange> changes)
    {
        var before = _links.GetValueOrDefault(name);
        if (now is null) _links.Remove(name);
        else _links[name] = now;
        if (!ReferenceEquals(before, now)) LinkDiff.Add(name, before, now, changes);
    }

    private static void AddRoutes(List<LinkChange> changes, HashSet<string> these, HashSet<string> others, bool gone)
    {
        foreach (var route in these)
        {
            if (others.Contains(route)) continue;
            var tab = route.IndexOf('\t', StringComparison.Ordinal);
            var text = route[(tab + 1)..];
            changes.Add(new LinkChange(route[..tab], "route", gone ? text : null, gone ? null : text));
        }
    }
}
