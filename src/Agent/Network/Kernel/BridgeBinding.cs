using NodeAgent.Native.Rtnl.Kinds;
using NodeAgent.Network.Model;
using static NodeAgent.Network.Kernel.Bindings;
using static NodeAgent.Network.Schema.BridgeFields;

namespace NodeAgent.Network.Kernel;

/// <summary>Bridges (IFLA_BR_*) and their ports (IFLA_BRPORT_*). The kernel counts times in hundredths of a second (USER_HZ), the schema in seconds.</summary>
internal static class BridgeBinding
{
    private const uint Hz = 100;

    private static readonly IReadOnlyList<Binding<Bridge>> s_bindings =
    [
        new(StpEnabled, b => Of(b.StpState is { } state ? state != 0 : null), (b, v) => b.StpState = (uint)v.Number),
        new(StpForwardDelay, b => Of(b.ForwardDelay / Hz), (b, v) => b.ForwardDelay = (uint)v.Number * Hz),
        new(StpHelloTime, b => Of(b.HelloTime / Hz), (b, v) => b.HelloTime = (uint)v.Number * Hz),
        new(StpMaxAge, b => Of(b.MaxAge / Hz), (b, v) => b.MaxAge = (uint)v.Number * Hz),
        new(StpPriority, b => Of(b.Priority), (b, v) => b.Priority = (ushort)v.Number),
        new(AgeingTime, b => Of(b.AgeingTime / Hz), (b, v) => b.AgeingTime = (uint)v.Number * Hz),
        new(GroupForwardMask, b => Of(b.GroupForwardMask), (b, v) => b.GroupForwardMask = (ushort)v.Number),
        new(MulticastSnooping, b => Of(b.MulticastSnooping), (b, v) => b.MulticastSnooping = v.Number != 0),
        new(MulticastQuerier, b => Of(b.MulticastQuerier), (b, v) => b.MulticastQuerier = v.Number != 0),
        new(MulticastRouter, b => Of(b.MulticastRouter), (b, v) => b.MulticastRouter = (byte)v.Number),
        new(VlanProtocol, b => Of(b.VlanProtocol), (b, v) => b.VlanProtocol = (ushort)v.Number),
        new(VlanDefaultPvid, b => Of(b.VlanDefaultPvid), (b, v) => b.VlanDefaultPvid = (ushort)v.Number),
        new(VlanFiltering, b => Of(b.VlanFiltering), (b, v) => b.VlanFiltering = v.Number != 0),
    ];

    private static readonly IReadOnlyList<Binding<BridgePort>> s_portBindings =
    [
        new(PortHairpin, p => Of(p.Hairpin), (p, v) => p.Hairpin = v.Number != 0),
        new(PortPathCost, p => Of(p.Cost), (p, v) => p.Cost = (uint)v.Number),
        new(PortPriority, p => Of(p.Priority), (p, v) => p.Priority = (ushort)v.Number),
    ];

    public static void Read(Bridge bridge, FieldSet fields) => Bindings.Read(s_bindings, bridge, fields);

    public static Bridge Write(FieldSet fields)
    {
        var bridge = new Bridge();
        Bindings.Write(s_bindings, fields, bridge);
        return bridge;
    }

    public static void ReadPort(BridgePort port, FieldSet fields) => Bindings.Read(s_portBindings, port, fields);

    public static BridgePort WritePort(FieldSet fields)
    {
        var port = new BridgePort();
        Bindings.Write(s_portBindings, fields, port);
        return port;
    }
}
