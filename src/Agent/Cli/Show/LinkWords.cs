using NodeAgent.Network.Model;
using NodeAgent.Network.Schema;
using NodeAgent.Network.View;

namespace NodeAgent.Cli.Show;

/// <summary>Short descriptions of a link for tables.</summary>
public static class LinkWords
{
    /// <summary>The type with what tells two links of it apart: "vlan 20", "bond 802.3ad 1/2".</summary>
    public static string Type(NetworkView view, LinkState link) => link.Type switch
    {
        InterfaceType.Bond => $"bond {Text(link, BondFields.Mode)} {BondPorts(view, link)}".Replace("  ", " ", StringComparison.Ordinal),
        InterfaceType.Vlan => $"vlan {Text(link, VlanFields.Id)}{(Text(link, VlanFields.Protocol) == "802.1ad" ? " 802.1ad" : "")}{Elsewhere(link)}",
        InterfaceType.LinuxBridge => IsSet(link, BridgeFields.VlanFiltering) ? "linux-bridge, filters" : "linux-bridge",
        InterfaceType.Vxlan => $"vxlan {Text(link, VxlanFields.Id)}",
        InterfaceType.Macvlan => $"mac-vlan {Text(link, MacvlanFields.Mode)}{Elsewhere(link)}",
        InterfaceType.Tun => "tap",
        InterfaceType.Other => link.Kind.Length > 0 ? link.Kind : "other",
        _ => link.Type.ToText(),
    };

    /// <summary>What a person wants to know of the state.</summary>
    public static Cell State(LinkState link, Style style)
    {
        if (!link.Up) return new Cell("down", style.Faint);
        if (link.Carrier) return link.OperState is "dormant" ? new Cell("dormant", style.Warn) : new Cell("up", style.Good);
        return link.OperState is "lower-layer-down" ? new Cell("lower down", style.Bad) : new Cell("no carrier", style.Bad);
    }

    /// <summary>How a bond's monitoring sees a port.</summary>
    public static Cell Monitor(LinkState port, BondPortStatus state, Style style) => state.Monitor switch
    {
        _ when !port.Up => new Cell("down", style.Bad),
        LinkMonitorState.Up => new Cell("up", style.Good),
        LinkMonitorState.GoingDown => new Cell("going down", style.Warn),
        LinkMonitorState.ComingBack => new Cell("coming back", style.Warn),
        _ => new Cell(port.Carrier ? "not answering" : "no carrier", style.Bad),
    };

    /// <summary>Addresses, the VLANs of a bridge port; the MAC of a NIC that has neither.</summary>
    public static string Detail(LinkState link, bool verbose)
    {
        var parts = new List<string>();
        foreach (var address in link.Addresses)
        {
            if (address.LinkLocal && !verbose) continue;
            parts.Add(address.Dynamic ? $"{address.Cidr} (dynamic)" : address.Cidr.ToString());
        }

        if (link.Vlans is { } vlans && link.Controller is not null) parts.Add($"VLANs {vlans}");
        if (link.Fields.Text(VxlanFields.Remote) is { Length: > 0 } remote) parts.Add($"to {remote}");
        if (parts.Count == 0 && link.Type is InterfaceType.Ethernet && link.Fields.Text(CommonFields.MacAddress) is { } mac) parts.Add(mac);
        return string.Join(", ", parts);
    }

    public static string Text(LinkState link, Field field) => link.Fields[field] is { } value ? field.Format(value) : "";

    public static bool IsSet(LinkState link, Field flag) => link.Fields[flag] is { Number: not 0 };

    // A link that stands under its controller says what it sits on.
    private static string Elsewhere(LinkState link) => link.Controller is not null && link.BaseLink is { } lower ? $" on {lower}" : "";

    private static string BondPorts(NetworkView view, LinkState bond)
    {
        var ports = view.UplinksOf(bond.Name);
        return $"{ports.Count(p => p.Up && p.Carrier && IsUsed(bond, p))}/{ports.Count}";
    }

    // With LACP only the ports of the active aggregator carry traffic.
    private static bool IsUsed(LinkState bond, LinkState port) =>
        bond.Bond?.Aggregator is not { } active || port.BondPort?.Aggregator is not { } own || own == active;
}
