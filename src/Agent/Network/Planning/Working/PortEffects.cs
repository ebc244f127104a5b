using NodeAgent.Network.Model;
using NodeAgent.Network.Schema;

namespace NodeAgent.Network.Planning.Working;

/// <summary>Ports that join and leave, and the VLANs they have.</summary>
internal static class PortEffects
{
    /// <summary>IFLA_BRPORT_PRIORITY of a new port (BR_DEFAULT_PORT_PRIORITY).</summary>
    private const long DefaultPriority = 32;

    public static void SetController(WorkingState state, string name, string? controller)
    {
        if (state.Touch(name) is not { } port || port.Controller == controller) return;
        if (port.Controller is not null) Leave(state, port);
        if (controller is not null && state.Find(controller) is { } master) Join(state, port, master);
    }

    public static void SetVlans(WorkingState state, SetVlansStep step)
    {
        if (state.Touch(step.Link) is not { } link) return;
        var table = state.VlansOf(link).WhereIds(step.Remove, keep: false);
        var add = step.Add;

        // A new native VLAN takes the flag from the old one, which stays in the table.
        if (add.Pvid is { } pvid && table.Pvid is { } old && old != pvid)
        {
            table = VlanTable.Of(table.Ranges.Select(r => r.Pvid ? r with { Pvid = false } : r));
        }

        link.Vlans = VlanTable.Of([.. table.Ranges, .. add.Ranges]);
    }

    /// <summary>A bond closes the port it lets go, forgets it as primary; a bridge only drops what it knew about it.</summary>
    private static void Leave(WorkingState state, WorkingLink port)
    {
        var master = state.Find(port.Controller!);
        var followed = master is { Type: InterfaceType.LinuxBridge } && FieldEffects.FollowsPorts(state, master);
        if (master is { Type: InterfaceType.LinuxBridge }) state.PortMtus.Left(port.Controller!, port.Mtu);
        state.Ports.Remove(port.Controller!, port.Name);
        port.Controller = null;
        port.ForgetPort();
        if (master is null) return;
        if (master.Type == InterfaceType.Bond)
        {
            LinkEffects.SetUp(state, port.Name, false);
            if (master.Fields.Text(BondFields.Primary) == port.Name)
            {
                state.Touch(master);
                master.Set(BondFields.Primary, FieldValue.Of(""));
            }
        }

        Follow(state, master, followed);
    }

    /// <summary>A bond opens its new port and gives it its own MTU.</summary>
    private static void Join(WorkingState state, WorkingLink port, WorkingLink master)
    {
        var followed = master.Type == InterfaceType.LinuxBridge && FieldEffects.FollowsPorts(state, master);
        port.Controller = master.Name;
        port.ForgetPort();
        state.Ports.Add(master.Name, port.Name);
        if (master.Type == InterfaceType.Bond)
        {
            LinkEffects.SetUp(state, port.Name, true);
            if (master.Mtu is { } mtu) FieldEffects.SetMtu(state, port, mtu);
            return;
        }

        state.PortMtus.Joined(master.Name, port.Mtu);
        port.SetOption(BridgeFields.PortHairpin, FieldValue.Of(false));
        port.SetOption(BridgeFields.PortPriority, FieldValue.Of(DefaultPriority));
        Follow(state, master, followed);
    }

    private static void Follow(WorkingState state, WorkingLink bridge, bool followed)
    {
        if (followed && state.PortMtus.Smallest(bridge.Name) is { } smallest) FieldEffects.SetMtu(state, bridge, smallest);
    }
}
