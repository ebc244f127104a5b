namespace NodeAgent.Network.Model;

/// <summary>
/// The links, addresses and routes of the node at one moment, with the look-ups the planner needs in constant time.
/// Mutable by its one owner only (the observer); whoever is handed one reads it.
/// </summary>
public sealed class NetworkSnapshot
{
    private readonly Dictionary<string, LinkState> _links = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _ports = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _uppers = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, LinkState> Links => _links;

    /// <summary>Unicast routes of every table.</summary>
    public RouteSet Routes { get; set; } = [];

    public LinkState? Find(string name) => _links.GetValueOrDefault(name);

    /// <summary>The ports of a bridge or bond.</summary>
    public IReadOnlyList<string> PortsOf(string controller) => _ports.TryGetValue(controller, out var list) ? list : [];

    /// <summary>The VLANs, macvlans and VXLANs that sit on a link.</summary>
    public IReadOnlyList<string> UppersOf(string lower) => _uppers.TryGetValue(lower, out var list) ? list : [];

    /// <summary>Adds a link, in place of the one of this name.</summary>
    public void Put(LinkState link)
    {
        if (_links.TryGetValue(link.Name, out var old) && IsPlacedAs(old, link))
        {
            _links[link.Name] = link;
            return;
        }

        Remove(link.Name);
        _links[link.Name] = link;
        if (link.Controller is { } controller) Add(_ports, controller, link.Name);
        if (!link.LowerElsewhere && link.BaseLink is { } lower) Add(_uppers, lower, link.Name);
    }

    public void Remove(string name)
    {
        if (!_links.Remove(name, out var old)) return;
        if (old.Controller is { } controller) Drop(_ports, controller, name);
        if (old.BaseLink is { } lower) Drop(_uppers, lower, name);
    }

    public NetworkSnapshot Clone()
    {
        var copy = new NetworkSnapshot { Routes = [.. Routes] };
        foreach (var link in _links.Values) copy.Put(link);
        return copy;
    }

    // Most changes leave a link where it is, and lists of ports are long.
    private static bool IsPlacedAs(LinkState old, LinkState link) =>
        old.Controller == link.Controller && old.BaseLink == link.BaseLink && old.LowerElsewhere == link.LowerElsewhere;

    private static void Add(Dictionary<string, List<string>> index, string key, string name)
    {
        if (!index.TryGetValue(key, out var list)) index[key] = list = [];
        list.Add(name);
    }

    private static void Drop(Dictionary<string, List<string>> index, string key, string name)
    {
        if (!index.TryGetValue(key, out var list)) return;
        list.Remove(name);
        if (list.Count == 0) index.Remove(key);
    }
}
