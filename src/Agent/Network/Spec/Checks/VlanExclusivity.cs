using NodeAgent.Network.Model;
using NodeAgent.Network.Schema;

namespace NodeAgent.Network.Spec.Checks;

/// <summary>
/// A VLAN sub-interface of a bridge's port takes the tagged frames of its id before the bridge sees them (vlan_do_receive comes before
/// the port's receive handler), so the id is not available on the bridge: neither to a port's `vlan:` nor to a VLAN of the bridge itself.
/// </summary>
internal static class VlanExclusivity
{
    private const string Example = "as in examples/layout-c.yaml";

    public static void Check(CheckContext context)
    {
        var index = new VlanIndex(context);
        var onPorts = new Dictionary<string, Dictionary<(int, long), (string Port, VlanLink Link)>>(StringComparer.Ordinal);
        foreach (var spec in context.Present)
        {
            foreach (var port in spec.Ports ?? [])
            {
                if (port.Vlans is { } vlans) PortVlans(spec, port, vlans, index, context);
            }

            if (index.Of(spec.Name, spec) is not { } link || context.BaseOf(spec.Name) is not { } lower) continue;
            if (context.TypeOf(lower) == InterfaceType.LinuxBridge) VlanOfBridge(spec, link, lower, OnPorts(lower, index, onPorts, context), context);
            else if (context.ControllerOf(lower) is { } bridge && context.TypeOf(bridge) == InterfaceType.LinuxBridge) VlanOfPort(spec, link, lower, bridge, index, context);
        }
    }

    /// <summary>Ids asked for on a port, with a sub-interface of the port that has one of them.</summary>
    private static void PortVlans(InterfaceSpec bridge, PortSpec port, VlanTable vlans, VlanIndex index, CheckContext context)
    {
        var protocol = context.Value(bridge.Name, BridgeFields.VlanProtocol)?.Number ?? VlanIndex.Dot1Q;
        foreach (var link in index.On(port.Name).Values)
        {
            // The native VLAN's frames carry no tag: the sub-interface does not get them.
            if (link.Protocol != protocol || !vlans.Ranges.Any(r => r.Contains(link.Id) && !(r.Pvid && r.Untagged))) continue;
            context.Error(port.VlanMark, bridge, $"bridge.port[{port.Name}].vlan", $"VLAN {link.Id} on {bridge.Name}'s port {port.Name} conflicts with {link.Place}: "
                + $"{link.Name} takes the tagged frames before the bridge sees them. Use {Shared(bridge.Name, link.Id)} instead of {link.Name}, {Example}, or leave {link.Id} out here");
        }
    }

    /// <summary>A VLAN of the bridge, with a sub-interface of the same id on one of the bridge's ports.</summary>
    private static void VlanOfBridge(InterfaceSpec spec, VlanLink link, string bridge, Dictionary<(int, long), (string Port, VlanLink Link)> onPorts, CheckContext context)
    {
        if (!onPorts.TryGetValue((link.Id, link.Protocol), out var taken)) return;
        context.Error(spec, VlanFields.Id, $"VLAN {link.Id} on {bridge} conflicts with {taken.Link.Place}: {taken.Link.Name} takes the tagged frames of {bridge}'s port {taken.Port} "
            + $"before the bridge sees them. Remove {taken.Link.Name} (state: absent) and give what it has to {spec.Name}, {Example}");
    }

    /// <summary>A VLAN of a bridge's port, with one of the same id that the node has on the bridge.</summary>
    private static void VlanOfPort(InterfaceSpec spec, VlanLink link, string port, string bridge, VlanIndex index, CheckContext context)
    {
        if (!index.On(bridge).TryGetValue((link.Id, link.Protocol), out var above) || above.Spec is not null) return;
        context.Error(spec, VlanFields.Id, $"VLAN {link.Id} on {port} conflicts with {above.Place} on {bridge}, whose port {port} is: {spec.Name} would take the tagged frames before "
            + $"the bridge sees them. Use {above.Name} instead, {Example}");
    }

    private static Dictionary<(int, long), (string Port, VlanLink Link)> OnPorts(
        string bridge, VlanIndex index, Dictionary<string, Dictionary<(int, long), (string Port, VlanLink Link)>> cache, CheckContext context)
    {
        if (cache.TryGetValue(bridge, out var known)) return known;
        var taken = new Dictionary<(int, long), (string, VlanLink)>();
        var described = context.Spec(bridge)?.Ports?.Select(p => p.Name) ?? [];
        foreach (var port in described.Concat(context.Observed?.PortsOf(bridge) ?? []))
        {
            if (context.ControllerOf(port) != bridge) continue;
            foreach (var (key, link) in index.On(port)) taken.TryAdd(key, (port, link));
        }

        return cache[bridge] = taken;
    }

    private static string Shared(string bridge, int id)
    {
        var name = $"{bridge}.{id}";
        return LinkName.Problem(name) is null ? $"{name} (base-iface: {bridge})" : $"a VLAN with base-iface: {bridge}";
    }
}
