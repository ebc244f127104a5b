using NodeAgent.Api.Mapping;
using NodeAgent.Network.Drift;
using NodeAgent.Network.Model;

namespace NodeAgent.Network.Remote;

/// <summary>The state that the messages of a watch add up to.</summary>
internal sealed class WatchedLinks
{
    private readonly List<string> _names = [];
    private NetworkSnapshot _snapshot = new();
    private List<RouteState> _others = [];
    private bool _full;
    private bool _routesChanged;
    private string _reason = "start";

    /// <summary>Of the last message that completed a state; 0: there was none.</summary>
    public long Epoch { get; private set; }

    /// <summary>Of the last message that completed a state; 0: there was none.</summary>
    public long Version { get; private set; }

    /// <summary>The change that is complete with this message; null: more of it is to come, or nothing changed.</summary>
    public NetworkChange? Take(Api.V1.WatchLinksResponse message)
    {
        if (message.FullState) Begin(message.Epoch);
        foreach (var link in message.Changed) Put(link);
        foreach (var name in message.Removed) Remove(name);
        if (message.OtherRoutesChanged) SetOthers([.. message.OtherRoutes.Select(RouteMapping.FromWire)]);
        if (message.More) return null;
        (Epoch, Version) = (message.Epoch, message.Version);
        return Complete();
    }

    private NetworkChange? Complete()
    {
        var change = _full ? new NetworkChange(null, _snapshot, _reason, true)
            : _names.Count > 0 || _routesChanged ? new NetworkChange([.. _names], _snapshot, "event", _routesChanged)
            : null;
        _names.Clear();
        (_full, _routesChanged) = (false, false);
        return change;
    }

    private void Begin(long epoch)
    {
        _reason = Epoch == 0 ? "start" : epoch == Epoch ? "listed again" : "the agent was started anew: listed again";
        _full = true;
        _snapshot = new NetworkSnapshot();
        _others = [];
    }

    private void Put(Api.V1.Link link)
    {
        _names.Add(link.Name);
        _snapshot.Put(LinkMapping.FromWire(link));
        SetRoutes(link.Name, [.. link.Routes.Select(RouteMapping.FromWire)]);
    }

    private void Remove(string name)
    {
        _names.Add(name);
        _snapshot.Remove(name);
        SetRoutes(name, []);
    }

    private void SetRoutes(string link, List<RouteState> routes)
    {
        var before = _snapshot.Routes.OfDevice(link);
        if (before.SequenceEqual(routes)) return;
        _routesChanged = true;
        Replace(before, routes);
    }

    private void SetOthers(List<RouteState> routes)
    {
        _routesChanged = true;
        Replace(_others, routes);
        _others = routes;
    }

    private void Replace(IReadOnlyList<RouteState> before, List<RouteState> routes)
    {
        foreach (var route in before.ToArray()) _snapshot.Routes.Remove(route);
        foreach (var route in routes) _snapshot.Routes.Add(route);
    }
}
