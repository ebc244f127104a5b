using NodeAgent.Network.Drift;
using NodeAgent.Network.Model;
using NodeAgent.Network.Schema;
using NodeAgent.Network.View;

namespace NodeAgent.Api.Nodes;

/// <summary>The network in a few lines.</summary>
internal static class NetworkSummary
{
    public static V1.Counts Counts(NetworkView view)
    {
        var counts = new V1.Counts
        {
            Routes = view.Snapshot.Routes.Count,
            Policies = view.Policies.Count,
            PoliciesNotInForce = view.Policies.Count(static p => p.State != PolicyStatuses.InForce),
        };
        foreach (var link in view.Snapshot.Links.Values)
        {
            counts.Links++;
            counts.Addresses += link.Addresses.Count;
            if (link is { Up: true, Carrier: true }) counts.LinksUp++;
            if (view.IsGuest(link)) counts.GuestPorts++;
            else if (link.Type == InterfaceType.LinuxBridge) counts.Bridges++;
            else if (link.Type == InterfaceType.Vlan) counts.Vlans++;
            else if (link.Type == InterfaceType.Bond) counts.Bonds++;
        }

        return counts;
    }

    public static IEnumerable<V1.BridgeSummary> Bridges(NetworkView view) => OfType(view, InterfaceType.LinuxBridge).Select(bridge => new V1.BridgeSummary
    {
        Name = bridge.Name,
        Uplinks = { view.UplinksOf(bridge.Name).Select(Port) },
        GuestPorts = view.GuestsOf(bridge.Name).Count,
    });

    public static IEnumerable<V1.BondSummary> Bonds(NetworkView view) => OfType(view, InterfaceType.Bond).Select(bond => new V1.BondSummary
    {
        Name = bond.Name,
        Mode = bond.Fields[BondFields.Mode] is { } mode ? BondFields.Mode.Format(mode) : "",
        Ports = { view.UplinksOf(bond.Name).Select(Port) },
        Carrier = bond.Carrier,
    });

    private static IEnumerable<LinkState> OfType(NetworkView view, InterfaceType type) =>
        view.Snapshot.Links.Values.Where(l => l.Type == type).OrderBy(static l => l.Name, Comparer<string>.Create(NaturalOrder.Compare));

    private static V1.PortSummary Port(LinkState port) => new() { Name = port.Name, Up = port.Up, Carrier = port.Carrier };
}
