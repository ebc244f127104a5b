using NodeAgent.Network.Model;
using NodeAgent.Network.Schema;

namespace NodeAgent.Network.Planning.Working;

/// <summary>Links that come, go, and change between up and down.</summary>
internal static class LinkEffects
{
    private const long DefaultMtu = 1500;

    public static void Create(WorkingState state, CreateLinkStep step)
    {
        var link = new WorkingLink(step.Link, step.Type, step.Fields);
        if (link.Mtu is null) link.Set(CommonFields.Mtu, FieldValue.Of(DefaultMtuOf(state, step.Type, step.Fields)));
        if (step.Type == InterfaceType.LinuxBridge && !link.Fields.Contains(BridgeFields.VlanFiltering)) link.Set(BridgeFields.VlanFiltering, FieldValue.Of(false));
        state.Put(link);
        if (step.Type == InterfaceType.Veth && step.Fields.Text(VethFields.Peer) is { } peer)
        {
            state.Put(new WorkingLink(peer, InterfaceType.Veth, new FieldSet().Set(VethFields.Peer, step.Link).Set(CommonFields.Mtu, DefaultMtu)));
        }
    }

    /// <summary>The kernel takes VLANs, macvlans and VXLANs with their base, a veth with its peer, and lets the ports of a bridge or bond go.</summary>
    public static void Remove(WorkingState state, string name)
    {
        var queue = new Queue<string>();
        queue.Enqueue(name);
        while (queue.TryDequeue(out var next))
        {
            if (state.Find(next) is not { } link) continue;
            foreach (var upper in state.Uppers.Of(next)) queue.Enqueue(upper);
            foreach (var port in state.Ports.Of(next).ToArray()) PortEffects.SetController(state, port, null);
            if (link.Type == InterfaceType.Veth && PeerOf(state, link) is { } peer) queue.Enqueue(peer);
            if (link.Controller is not null) PortEffects.SetController(state, next, null);
            if (link.Up || link.Addresses.Count > 0)
            {
                foreach (var address in link.Addresses) state.Routes.LoseSource(address.Cidr.Address);
                state.Routes.LoseDevice(next);
            }

            state.Drop(link);
        }
    }

    /// <summary>
    /// Down takes all routes through the link and its IPv6 addresses, and the VLANs on it go down with it unless loosely bound;
    /// up brings those VLANs up again (vlan_device_event in net/8021q/vlan.c).
    /// </summary>
    public static void SetUp(WorkingState state, string name, bool up)
    {
        if (state.Find(name) is not { } first || !Turn(state, first, up)) return;
        if (state.Uppers.Of(name).Count == 0) return;
        var queue = new Queue<string>();
        queue.Enqueue(name);
        while (queue.TryDequeue(out var next))
        {
            foreach (var upper in state.Uppers.Of(next))
            {
                if (state.Find(upper) is { Type: InterfaceType.Vlan } vlan && vlan.Fields[VlanFields.LooseBinding]?.Number != 1 && Turn(state, vlan, up)) queue.Enqueue(upper);
            }
        }
    }

    private static bool Turn(WorkingState state, WorkingLink link, bool up)
    {
        if (link.Up == up) return false;
        state.Touch(link);
        link.Up = up;
        if (up) return true;
        state.Routes.LoseDevice(link.Name);
        link.EditAddresses().RemoveAll(a => a.Cidr.IsIpv6);
        return true;
    }

    /// <summary>The other end, where it is here and points back.</summary>
    public static string? PeerOf(WorkingState state, WorkingLink link) =>
        link.Fields.Text(VethFields.Peer) is { } peer && state.Find(peer) is { } other && other.Fields.Text(VethFields.Peer) == link.Name ? peer : null;

    private static long DefaultMtuOf(WorkingState state, InterfaceType type, FieldSet fields) =>
        type is InterfaceType.Vlan or InterfaceType.Macvlan && fields.BaseLink is { } lower ? state.Find(lower)?.Mtu ?? DefaultMtu : DefaultMtu;
}
