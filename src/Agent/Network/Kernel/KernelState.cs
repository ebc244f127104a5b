using NodeAgent.Native.Rtnl;
using NodeAgent.Native.Rtnl.Kinds;
using NodeAgent.Network.Model;
using NodeAgent.Network.Schema;

namespace NodeAgent.Network.Kernel;

/// <summary>
/// The node's links, addresses and routes put together from netlink messages, first of a dump and then of events.
/// One owner, no locks. <see cref="Snapshot"/> is up to date after <see cref="TakeChanged"/>.
/// </summary>
/// <param name="details">What is known of bonds' ports beside the messages.</param>
internal sealed class KernelState(PortDetails details) : INames
{
    private readonly Dictionary<int, LinkEntry> _links = [];
    private readonly Dictionary<string, int> _indexes = new(StringComparer.Ordinal);
    private readonly HashSet<int> _changed = [];
    private readonly HashSet<string> _gone = new(StringComparer.Ordinal);
    private bool _routesChanged;

    public NetworkSnapshot Snapshot { get; } = new();

    /// <summary>True where routes changed since the last <see cref="TakeChanged"/>.</summary>
    public bool RoutesChanged => _routesChanged;

    public string? NameOf(int index) => _links.TryGetValue(index, out var entry) ? entry.Name : null;

    public int IndexOf(string name) => _indexes.GetValueOrDefault(name);

    /// <summary>Makes names known before the messages that refer to them are read: a dump lists ports before their bridge.</summary>
    public void Announce(LinkMessage link)
    {
        if (link.Name is not { } name) return;
        if (!_links.TryGetValue(link.Index, out var entry)) _links[link.Index] = entry = new LinkEntry { Index = link.Index, Name = name };
        if (entry.Name != name)
        {
            Rename(entry, name);
        }

        _indexes[name] = link.Index;
    }

    /// <summary>Takes in what a message says of a link; true where it went down with this message.</summary>
    public bool Put(LinkMessage link)
    {
        Announce(link);
        // A message without an MTU is not the description of a link.
        if (!_links.TryGetValue(link.Index, out var entry) || link.Mtu is null) return false;
        var wentDown = entry.Up && !link.IsUp;
        var filtered = entry.Fields[BridgeFields.VlanFiltering];
        entry.Type = LinkBinding.TypeOf(link);
        entry.Kind = link.Kind ?? "";
        entry.Up = link.IsUp;
        entry.Carrier = link.Carrier ?? link.Flags.HasFlag(LinkFlags.LowerUp);
        entry.OperState = OperStateText(link.OperState);
        entry.Master = link.Master ?? 0;
        entry.Lower = link.Link ?? 0;
        entry.LowerElsewhere = link.LinkNetnsId is not null;
        entry.PermanentMac = link.PermanentAddress?.ToString();
        entry.Fields = LinkBinding.Read(link, this);
        entry.PortOptions = new FieldSet();
        entry.Bond = link.Data is Bond bond ? BondBinding.ReadState(bond, this) : null;
        entry.BondPort = link.PortData is BondPort bondPort ? BondBinding.ReadPort(bondPort) : null;
        if (link.PortData is BridgePort port) BridgeBinding.ReadPort(port, entry.PortOptions);
        _changed.Add(link.Index);
        // What is shown of its ports' VLANs depends on whether it filters.
        if (entry.Type == InterfaceType.LinuxBridge && entry.Fields[BridgeFields.VlanFiltering] != filtered) ChangePortsOf(link.Index);
        return wentDown;
    }

    /// <summary>A message of family PF_BRIDGE: the VLANs of a port or of the bridge itself.</summary>
    public void PutVlans(LinkMessage link)
    {
        if (!_links.TryGetValue(link.Index, out var entry)) return;
        entry.Vlans = link.BridgeVlans is { } vlans ? VlanMapping.ToTable(vlans) : VlanTable.Empty;
        _changed.Add(link.Index);
    }

    public void RemoveLink(int index)
    {
        if (!_links.Remove(index, out var entry)) return;
        if (_indexes.GetValueOrDefault(entry.Name) == index) _indexes.Remove(entry.Name);
        _gone.Add(entry.Name);
        _changed.Remove(index);
        foreach (var route in Snapshot.Routes.OfDevice(entry.Name).ToArray()) Drop(route);
    }

    public void Put(AddressMessage address)
    {
        if (!_links.TryGetValue(address.Index, out var entry) || address.Own is not { } own) return;
        var cidr = new IpCidr(own.ToIPAddress(), address.PrefixLength);
        entry.Addresses.RemoveAll(a => a.Cidr == cidr);
        var permanent = address.Flags.HasFlag(InterfaceAddressFlags.Permanent);
        entry.Addresses.Add(new AddressState(cidr, !permanent, address.Scope == RouteScope.Link));
        _changed.Add(address.Index);
    }

    public void Remove(AddressMessage address)
    {
        if (!_links.TryGetValue(address.Index, out var entry) || address.Own is not { } own) return;
        var cidr = new IpCidr(own.ToIPAddress(), address.PrefixLength);
        if (entry.Addresses.RemoveAll(a => a.Cidr == cidr) > 0) _changed.Add(address.Index);
    }

    /// <param name="route">A route that came, or one of a list.</param>
    /// <param name="replaced">It may have taken the place of another one of its destination, table and metric.</param>
    public void Put(RouteMessage route, bool replaced = false)
    {
        if (RouteMapping.ToState(route, this) is not { } state) return;
        var isThere = false;
        foreach (var known in Snapshot.Routes.To(state.Destination).ToArray())
        {
            if (known == state) isThere = true;
            else if (replaced && known.Table == state.Table && known.Metric == state.Metric) Drop(known);
        }

        if (!isThere) Add(state);
    }

    public void Remove(RouteMessage route)
    {
        if (RouteMapping.ToState(route, this) is not { } state) return;
        if (Snapshot.Routes.To(state.Destination).FirstOrDefault(known => known == state) is { } gone) Drop(gone);
    }

    /// <summary>Which lists a link's routes stand in.</summary>
    public IReadOnlyList<(AddressFamily Family, int Table)> RouteTablesOf(int link) =>
        NameOf(link) is { } name ? [.. Snapshot.Routes.OfDevice(name).Select(r => (RouteMapping.FamilyOf(r), r.Table)).Distinct()] : [];

    /// <summary>Links whose routes prefer this address as source.</summary>
    public IEnumerable<int> LinksFrom(InetAddress source) =>
        Snapshot.Routes.From(source.ToIPAddress()).Select(r => r.Device is { } device ? IndexOf(device) : 0).Where(index => index > 0).Distinct();

    /// <summary>Takes a new list of a link's routes in one table for the old one.</summary>
    public void ReplaceRoutes(int link, AddressFamily family, int table, List<RouteMessage> routes)
    {
        if (NameOf(link) is not { } name) return;
        var present = routes.Select(r => RouteMapping.ToState(r, this)).OfType<RouteState>().ToHashSet();
        foreach (var known in Snapshot.Routes.OfDevice(name).Where(r => r.Table == table && RouteMapping.FamilyOf(r) == family).ToArray())
        {
            if (!present.Remove(known)) Drop(known);
        }

        foreach (var route in present) Add(route);
    }

    /// <summary>Brings the snapshot up to date and returns the names of the links that changed, came or went.</summary>
    public IReadOnlyList<string> TakeChanged()
    {
        if (_changed.Count == 0 && _gone.Count == 0 && !_routesChanged) return [];
        var names = new List<string>(_changed.Count + _gone.Count);
        foreach (var name in _gone)
        {
            if (_indexes.ContainsKey(name)) continue;
            Snapshot.Remove(name);
            names.Add(name);
        }

        foreach (var index in _changed)
        {
            if (!_links.TryGetValue(index, out var entry)) continue;
            Snapshot.Put(ToState(entry));
            names.Add(entry.Name);
        }

        _gone.Clear();
        _changed.Clear();
        _routesChanged = false;
        return names;
    }

    private void Add(RouteState route)
    {
        Snapshot.Routes.Add(route);
        Changed(route);
    }

    private void Drop(RouteState route)
    {
        Snapshot.Routes.Remove(route);
        Changed(route);
    }

    private void Changed(RouteState route)
    {
        _routesChanged = true;
        if (route.Device is { } device && IndexOf(device) is > 0 and var index) _changed.Add(index);
    }

    private void Rename(LinkEntry entry, string name)
    {
        _gone.Add(entry.Name);
        if (_indexes.GetValueOrDefault(entry.Name) == entry.Index) _indexes.Remove(entry.Name);
        entry.Name = name;
        // Whoever is described with the old name is described anew; renames are rare.
        foreach (var other in _links.Values)
        {
            if (other.Master == entry.Index || other.Lower == entry.Index) _changed.Add(other.Index);
        }
    }

    private void ChangePortsOf(int bridge)
    {
        if (NameOf(bridge) is not { } name) return;
        foreach (var port in Snapshot.PortsOf(name))
        {
            if (IndexOf(port) is > 0 and var index) _changed.Add(index);
        }
    }

    private LinkState ToState(LinkEntry entry)
    {
        var lower = entry.Lower != 0 && !entry.LowerElsewhere ? NameOf(entry.Lower) : null;
        var fields = entry.Fields;
        var reference = entry.Type switch
        {
            InterfaceType.Vlan => VlanFields.BaseLink,
            InterfaceType.Macvlan => MacvlanFields.BaseLink,
            InterfaceType.Veth => VethFields.Peer,
            _ => null,
        };
        if (reference is not null && lower is not null && fields.Text(reference) != lower) fields = fields.Clone().Set(reference, lower);
        return new LinkState
        {
            Index = entry.Index,
            Name = entry.Name,
            Type = entry.Type,
            Kind = entry.Kind,
            Up = entry.Up,
            Carrier = entry.Carrier,
            OperState = entry.OperState,
            Controller = entry.Master != 0 ? NameOf(entry.Master) : null,
            LowerElsewhere = entry.LowerElsewhere,
            Fields = fields,
            PortOptions = entry.PortOptions,
            Vlans = Vlans(entry),
            Addresses = [.. entry.Addresses],
            PermanentMac = entry.PermanentMac,
            Bond = entry.Bond,
            BondPort = entry.BondPort is { } port && details.Of(entry.Index) is { } detail ? port with { Detail = detail } : entry.BondPort,
        };
    }

    // A bridge that does not filter keeps its tables all the same, for the day it does: what is not the kernel's default is shown.
    private VlanTable? Vlans(LinkEntry entry)
    {
        var bridge = entry.Type == InterfaceType.LinuxBridge ? entry : _links.GetValueOrDefault(entry.Master);
        if (bridge?.Type != InterfaceType.LinuxBridge) return null;
        var table = entry.Vlans ?? VlanTable.Empty;
        if (bridge.Fields[BridgeFields.VlanFiltering]?.Number == 1) return table;
        return table.IsEmpty || table.Equals(VlanTable.Default(bridge.Fields[BridgeFields.VlanDefaultPvid]?.Number ?? 1)) ? null : table;
    }

    private static string OperStateText(OperState? state) => state switch
    {
        OperState.Up => "up",
        OperState.Down => "down",
        OperState.LowerLayerDown => "lower-layer-down",
        OperState.Dormant => "dormant",
        OperState.NotPresent => "not-present",
        OperState.Testing => "testing",
        _ => "unknown",
    };
}
