using NodeAgent.Network.Model;
using NodeAgent.Network.Schema;
using NodeAgent.Network.Spec.Writing;

namespace NodeAgent.Network.Spec;

/// <summary>
/// Writes down what is there as a document that would make it so, and that asks for nothing where it is so already. Left out: links a
/// document cannot describe (taps, loopback, links whose other end is in another namespace), what the kernel gives by itself (defaults,
/// MACs of virtual links, link-local and dynamic addresses, connected routes), and guests' ports of bridges.
/// </summary>
public static class SnapshotExporter
{
    private const int LocalTable = 255;

    /// <summary>rtm_protocol of routes that somebody wrote: RTPROT_BOOT (ip route) and RTPROT_STATIC.</summary>
    private const int Boot = 3, Static = 4;

    public static DesiredState Export(NetworkSnapshot snapshot)
    {
        var links = snapshot.Links.Values.Where(IsDescribable).OrderBy(l => l.Index).ThenBy(l => l.Name, StringComparer.Ordinal).ToList();
        return new DesiredState
        {
            Interfaces = [.. links.Select(l => Interface(l, snapshot))],
            Routes = [.. snapshot.Routes.Where(r => IsWritten(r) && snapshot.Find(r.Device!) is { } link && IsDescribable(link)).Select(Route)],
        };
    }

    /// <summary>True for links that a document can describe completely.</summary>
    public static bool IsDescribable(LinkState link)
    {
        if (link.Type > InterfaceType.Vxlan || link.LowerElsewhere) return false;
        foreach (var field in LinkSchema.Own(link.Type))
        {
            if (field.Required && !link.Fields.Contains(field)) return false;
        }

        return true;
    }

    private static InterfaceSpec Interface(LinkState link, NetworkSnapshot snapshot) => new(link.Name)
    {
        Type = link.Type,
        State = link.Up ? InterfaceState.Up : InterfaceState.Down,
        Fields = Fields(link, snapshot),
        Ipv4 = Ip(link, v6: false),
        Ipv6 = Ip(link, v6: true),
        Ports = LinkSchema.HasPorts(link.Type) ? Ports(link, snapshot) : null,
    };

    private static FieldSet Fields(LinkState link, NetworkSnapshot snapshot)
    {
        var fields = new FieldSet();
        var mode = (int?)link.Fields[BondFields.Mode]?.Number;
        foreach (var field in LinkSchema.Common.Concat(LinkSchema.Own(link.Type)))
        {
            if (link.Fields[field] is not { } value || KernelDefaults.Is(field, value)) continue;
            if (mode is { } m && BondFields.ModesOf(field) is { } modes && !modes.Contains(m)) continue;
            if (field == CommonFields.MacAddress && !IsSetMac(link, value.Text, snapshot)) continue;
            if (field.Type is FieldType.LinkName or FieldType.Address or FieldType.AddressList && string.IsNullOrEmpty(value.Text)) continue;
            fields.Set(field, value);
        }

        return fields;
    }

    /// <summary>Somebody gave a physical link another MAC than its own; a bond does that to its ports by itself.</summary>
    private static bool IsSetMac(LinkState link, string? mac, NetworkSnapshot snapshot) =>
        link is { Type: InterfaceType.Ethernet, PermanentMac: { } own } && mac != own
        && (link.Controller is not { } controller || snapshot.Find(controller)?.Type != InterfaceType.Bond);

    private static IpSpec? Ip(LinkState link, bool v6)
    {
        var mine = link.Addresses.Where(a => a.Cidr.IsIpv6 == v6 && !a.LinkLocal).ToList();
        if (mine.Count == 0) return null;
        var written = mine.Where(a => a.IsStatic).Select(a => a.Cidr).ToList();
        return new IpSpec { Enabled = true, Addresses = written.Count == 0 ? null : written };
    }

    private static List<PortSpec> Ports(LinkState controller, NetworkSnapshot snapshot)
    {
        var ports = new List<PortSpec>();
        foreach (var name in snapshot.PortsOf(controller.Name))
        {
            // Guests are ports of bridges; a bond's list is the whole of it.
            if (snapshot.Find(name) is not { } port || (controller.Type == InterfaceType.LinuxBridge && !IsDescribable(port))) continue;
            var options = new FieldSet();
            if (controller.Type == InterfaceType.LinuxBridge)
            {
                foreach (var field in BridgeFields.Port)
                {
                    // The path cost follows from the link's speed (port_cost in net/bridge/br_if.c).
                    if (field != BridgeFields.PortPathCost && port.PortOptions[field] is { } value && !KernelDefaults.Is(field, value)) options.Set(field, value);
                }
            }

            var filtering = controller.Type == InterfaceType.LinuxBridge && controller.Fields[BridgeFields.VlanFiltering] is { Number: not 0 };
            ports.Add(new PortSpec(name) { Options = options, Vlans = filtering ? port.Vlans : null });
        }

        ports.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        return ports;
    }

    private static bool IsWritten(RouteState route) => route is { Device: not null, Protocol: Boot or Static } && route.Table != LocalTable;

    private static RouteSpec Route(RouteState route) => new()
    {
        Destination = route.Destination,
        NextHopAddress = route.Gateway,
        NextHopInterface = route.Device,
        Metric = route.Metric == (route.Destination.IsIpv6 ? 1024 : 0) ? null : route.Metric,
        Table = route.Table == RouteSpec.MainTable ? null : route.Table,
    };
}
