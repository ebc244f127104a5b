using NodeAgent.Network.Model;
using NodeAgent.Network.Schema;

namespace NodeAgent.Network.Planning.Working;

/// <summary>Fields that are set, and the fields of other links that follow.</summary>
internal static class FieldEffects
{
    public static void Set(WorkingState state, string name, FieldSet fields)
    {
        if (state.Touch(name) is not { } link) return;
        foreach (var entry in fields.AsSpan())
        {
            if (entry.Field == CommonFields.Mtu)
            {
                link.MtuPinned |= link.Mtu != entry.Value.Number;
                SetMtu(state, link, entry.Value.Number);
            }
            else if (entry.Field == BridgeFields.VlanDefaultPvid) SetDefaultPvid(state, link, entry.Value.Number);
            else link.Set(entry.Field, entry.Value);
        }
    }

    /// <summary>A bond sets the MTU of its ports, VLANs and macvlans come down with their base, and a bridge whose MTU nobody pinned takes the smallest of its ports.</summary>
    public static void SetMtu(WorkingState state, WorkingLink first, long value)
    {
        if (first.Mtu == value) return;
        var queue = new Queue<(WorkingLink Link, long Mtu)>(1);
        queue.Enqueue((first, value));
        while (queue.TryDequeue(out var next))
        {
            var (link, mtu) = next;
            if (link.Mtu == mtu) continue;
            state.Touch(link);
            if (link.Controller is { } controller && state.Find(controller) is { Type: InterfaceType.LinuxBridge } bridge)
            {
                var follows = FollowsPorts(state, bridge);
                state.PortMtus.Left(controller, link.Mtu);
                state.PortMtus.Joined(controller, mtu);
                if (follows) queue.Enqueue((bridge, state.PortMtus.Smallest(controller) ?? mtu));
            }

            link.Set(CommonFields.Mtu, FieldValue.Of(mtu));
            if (link.Type == InterfaceType.Bond)
            {
                foreach (var port in state.Ports.Of(link.Name)) queue.Enqueue((state.Find(port)!, mtu));
            }

            foreach (var upper in state.Uppers.Of(link.Name))
            {
                if (state.Find(upper) is { Type: InterfaceType.Vlan or InterfaceType.Macvlan } above && above.Mtu > mtu) queue.Enqueue((above, mtu));
            }
        }
    }

    /// <summary>True where the bridge's MTU may be the kernel's doing (br_mtu_auto_adjust): it is that of its smallest port.</summary>
    public static bool FollowsPorts(WorkingState state, WorkingLink bridge) =>
        !bridge.MtuPinned && (state.PortMtus.Smallest(bridge.Name) is not { } smallest || bridge.Mtu == smallest);

    /// <summary>Whoever still has the old default as its native VLAN gets the new one (__br_vlan_set_default_pvid).</summary>
    private static void SetDefaultPvid(WorkingState state, WorkingLink bridge, long pvid)
    {
        var old = VlanTable.Default(bridge.Fields[BridgeFields.VlanDefaultPvid]?.Number ?? 1);
        var fresh = VlanTable.Default(pvid);
        bridge.Set(BridgeFields.VlanDefaultPvid, FieldValue.Of(pvid));
        Move(bridge);
        foreach (var name in state.Ports.Of(bridge.Name))
        {
            var port = state.Find(name)!;
            state.Touch(port);
            Move(port);
        }

        void Move(WorkingLink link)
        {
            if (link.Vlans is not { } table || old.IsEmpty || !table.Ranges.Contains(old.Ranges[0])) return;
            if (!fresh.IsEmpty && table.Contains((int)pvid)) return;
            link.Vlans = VlanTable.Of([.. table.Except(old).Ranges, .. fresh.Ranges]);
        }
    }
}
