using NodeAgent.Network.Model;
using NodeAgent.Network.Schema;

namespace NodeAgent.Network.Planning.Working;

/// <summary>
/// A snapshot with the steps of a plan on top, as the kernel would have it: later phases of the planner, the guards and the simulator
/// compare with this and so see what earlier steps took away. Costs what is looked at, not what exists.
/// </summary>
internal sealed class WorkingState
{
    private readonly NetworkSnapshot _snapshot;
    private readonly Dictionary<string, WorkingLink?> _links;
    private readonly List<string> _touched = [];
    private readonly List<string> _disturbed = [];
    private WorkingRoutes? _routes;

    public WorkingState(NetworkSnapshot snapshot, int expected = 0)
    {
        _snapshot = snapshot;
        _links = new(expected, StringComparer.Ordinal);
        Ports = new NameIndex(snapshot.PortsOf);
        Uppers = new NameIndex(snapshot.UppersOf);
        PortMtus = new PortMtus(this);
    }

    public NameIndex Ports { get; }

    public NameIndex Uppers { get; }

    public PortMtus PortMtus { get; }

    public WorkingRoutes Routes => _routes ??= new WorkingRoutes(_snapshot.Routes);

    /// <summary>False as long as no step could have changed a route.</summary>
    public bool RoutesInUse => _routes is not null;

    /// <summary>Names of the links that steps, or the kernel in their wake, changed, in that order; some may be gone.</summary>
    public IReadOnlyList<string> Touched => _touched;

    /// <summary>Of those, the ones that were there before: what a plan creates needs nothing back.</summary>
    public IReadOnlyList<string> Disturbed => _disturbed;

    public WorkingLink? Find(string name)
    {
        if (_links.TryGetValue(name, out var link)) return link;
        return _snapshot.Find(name) is { } state ? _links[name] = new WorkingLink(state) : null;
    }

    /// <summary>True as long as nobody looked closer at the link: it is as it was observed, or not there.</summary>
    public bool IsAsObserved(string name) => !_links.ContainsKey(name);

    /// <summary>The link, marked as changed.</summary>
    public WorkingLink? Touch(string name)
    {
        var link = Find(name);
        if (link is not null) Touch(link);
        return link;
    }

    public void Touch(WorkingLink link)
    {
        if (link.Touched) return;
        link.Touched = true;
        _touched.Add(link.Name);
        if (!link.IsCreated) _disturbed.Add(link.Name);
    }

    public void Put(WorkingLink link)
    {
        _links[link.Name] = link;
        Touch(link);
        if (link.BaseLink is { } lower) Uppers.Add(lower, link.Name);
    }

    public void Drop(WorkingLink link)
    {
        Touch(link);
        _links[link.Name] = null;
        if (link.Controller is { } controller) Ports.Remove(controller, link.Name);
        if (link.BaseLink is { } lower) Uppers.Remove(lower, link.Name);
        Ports.Clear(link.Name);
        Uppers.Clear(link.Name);
    }

    public bool Filters(WorkingLink? bridge) => bridge is { Type: InterfaceType.LinuxBridge } && bridge.Fields[BridgeFields.VlanFiltering]?.Number == 1;

    /// <summary>The VLANs of a bridge port or of a bridge itself, also while the bridge does not filter: the kernel keeps the table all the same.</summary>
    public VlanTable VlansOf(WorkingLink link)
    {
        if (link.Vlans is { } table) return table;
        return VlanTable.Default(DefaultPvid(BridgeOf(link)));
    }

    /// <summary>The whole state as a snapshot of its own.</summary>
    public NetworkSnapshot ToSnapshot()
    {
        var copy = _snapshot.Clone();
        foreach (var name in _touched)
        {
            if (Find(name) is not { } link)
            {
                copy.Remove(name);
                continue;
            }

            copy.Put(State(link));

            // Filtering shows or hides the tables of all ports at once.
            if (link.Type != InterfaceType.LinuxBridge) continue;
            foreach (var port in Ports.Of(name)) copy.Put(State(Find(port)!));
        }

        if (_routes is not null) copy.Routes = [.. _routes.All];
        return copy;
    }

    private LinkState State(WorkingLink link)
    {
        var bridge = BridgeOf(link);
        if (bridge?.Type != InterfaceType.LinuxBridge) return link.ToState(null);
        var table = VlansOf(link);

        // As the kernel's own answer is taken: the default table of a bridge that does not filter says nothing.
        return link.ToState(Filters(bridge) || !(table.IsEmpty || table.Equals(VlanTable.Default(DefaultPvid(bridge)))) ? table : null);
    }

    private WorkingLink? BridgeOf(WorkingLink link) => link.Type == InterfaceType.LinuxBridge ? link : link.Controller is { } name ? Find(name) : null;

    private static long DefaultPvid(WorkingLink? bridge) => bridge?.Fields[BridgeFields.VlanDefaultPvid]?.Number ?? 1;
}
