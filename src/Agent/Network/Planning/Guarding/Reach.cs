using NodeAgent.Network.Model;
using NodeAgent.Network.Planning.Working;
using NodeAgent.Network.Schema;

namespace NodeAgent.Network.Planning.Guarding;

/// <summary>
/// With which VLAN tags the frames that a link sends leave the node, through everything below it: VLANs, bonds, bridges with their VLAN
/// tables, and VLAN sub-interfaces that take frames from a bridge. An empty answer: they do not leave it.
/// </summary>
internal sealed class Reach(NetworkSnapshot before)
{
    /// <summary>The kernel nests devices eight deep (MAX_NEST_DEV); deeper is a loop.</summary>
    private const int MaxDepth = 16;

    private const int IdBits = 12;
    private const long IdMask = (1 << IdBits) - 1;

    /// <summary>Tags are 12 bits each, the outermost lowest; 0 is untagged.</summary>
    public HashSet<long> Tags(WorkingState state, string link)
    {
        var tags = new HashSet<long>();
        Collect(state, link, 0, tags, 0);
        return tags;
    }

    /// <summary>A port that brings guests rather than the wire; where a bridge had no other ports, they are its uplinks.</summary>
    public bool IsUplink(WorkingLink port, string bridge) =>
        port.Type is not (InterfaceType.Tun or InterfaceType.Veth or InterfaceType.Other) || !HasUplink(bridge);

    private void Collect(WorkingState state, string name, long tag, HashSet<long> tags, int depth)
    {
        if (depth > MaxDepth || state.Find(name) is not { Up: true } link) return;
        switch (link.Type)
        {
            case InterfaceType.Vlan:
                var id = link.Fields[VlanFields.Id]?.Number ?? 0;
                if (link.LowerElsewhere) tags.Add((tag << IdBits) | id);
                else if (link.BaseLink is { } lower) Collect(state, lower, (tag << IdBits) | id, tags, depth + 1);
                break;
            case InterfaceType.Macvlan or InterfaceType.Vxlan when link.BaseLink is { } lower:
                Collect(state, lower, tag, tags, depth + 1);
                break;
            case InterfaceType.Bond:
                foreach (var port in state.Ports.Of(name))
                {
                    if (Carries(state, name, port)) Collect(state, port, tag, tags, depth + 1);
                }

                break;
            case InterfaceType.LinuxBridge:
                Bridge(state, link, tag, tags, depth);
                break;
            default:
                tags.Add(tag);
                break;
        }
    }

    private void Bridge(WorkingState state, WorkingLink bridge, long tag, HashSet<long> tags, int depth)
    {
        var filters = state.Filters(bridge);
        var id = (int)(tag & IdMask);
        if (filters && !Enters(state.VlansOf(bridge), tag, ref id)) return;
        foreach (var name in state.Ports.Of(bridge.Name))
        {
            if (state.Find(name) is not { Up: true } port || !IsUplink(port, bridge.Name)) continue;
            var leaves = tag;
            if (filters)
            {
                if (RangeOf(state.VlansOf(port), id) is not { } range) continue;
                leaves = range.Untagged ? tag >> IdBits : tag == 0 ? id : tag;
            }

            if ((leaves & IdMask) == 0 || !IsTaken(state, name, leaves & IdMask)) Collect(state, name, leaves, tags, depth + 1);
        }
    }

    /// <summary>Into which VLAN the bridge's own frames go, and whether the answers come back in the same form.</summary>
    private static bool Enters(VlanTable self, long tag, ref int id)
    {
        if (tag != 0) return RangeOf(self, id) is { Untagged: false };
        if (self.Pvid is not { } native) return false;
        id = native;
        return RangeOf(self, native) is { Untagged: true };
    }

    /// <summary>A VLAN sub-interface of a bridge port takes its frames before the bridge sees them.</summary>
    private static bool IsTaken(WorkingState state, string port, long id)
    {
        foreach (var upper in state.Uppers.Of(port))
        {
            if (state.Find(upper) is { Type: InterfaceType.Vlan } vlan && vlan.Fields[VlanFields.Id]?.Number == id) return true;
        }

        return false;
    }

    /// <summary>Where a bond had carrier on some port, only ports with carrier carry on.</summary>
    private bool Carries(WorkingState state, string bond, string port)
    {
        if (state.Find(port) is not { Up: true } link) return false;
        if (link.Carrier) return true;
        var ports = before.Find(bond) is null ? state.Ports.Of(bond) : before.PortsOf(bond);
        foreach (var other in ports)
        {
            if (before.Find(other)?.Carrier == true) return false;
        }

        return true;
    }

    private bool HasUplink(string bridge)
    {
        foreach (var port in before.PortsOf(bridge))
        {
            if (before.Find(port) is { IsGuestPort: false }) return true;
        }

        return false;
    }

    private static VlanRange? RangeOf(VlanTable table, int id)
    {
        foreach (var range in table.Ranges)
        {
            if (range.Contains(id)) return range;
        }

        return null;
    }
}
