using NodeAgent.Network.Model;

namespace NodeAgent.Network.Schema;

/// <summary>A Linux bridge; times are seconds here and USER_HZ hundredths in the kernel.</summary>
/// <example><code>
/// - name: br0
///   type: linux-bridge
///   bridge:
///     options: { mac-ageing-time: 300, stp: { enabled: false } }
///     port: [ { name: bond_data } ]
/// </code></example>
public static class BridgeFields
{
    public static readonly Field StpEnabled = new("bridge.options.stp.enabled", FieldType.Flag);
    /// <summary>The kernel's lower limit of 2 holds only while STP is on.</summary>
    public static readonly Field StpForwardDelay = new("bridge.options.stp.forward-delay", FieldType.Number) { Max = 30, Unit = "s" };
    public static readonly Field StpHelloTime = new("bridge.options.stp.hello-time", FieldType.Number) { Min = 1, Max = 10, Unit = "s" };
    public static readonly Field StpMaxAge = new("bridge.options.stp.max-age", FieldType.Number) { Min = 6, Max = 40, Unit = "s" };
    public static readonly Field StpPriority = new("bridge.options.stp.priority", FieldType.Number) { Max = 65535 };
    public static readonly Field AgeingTime = new("bridge.options.mac-ageing-time", FieldType.Number) { Max = 1000000, Unit = "s" };

    /// <summary>Link-local groups 01-80-C2-00-00-0X to forward, a bit each; bits 0 to 2 are never forwarded.</summary>
    public static readonly Field GroupForwardMask = new("bridge.options.group-forward-mask", FieldType.Number) { Max = 65535 };

    public static readonly Field MulticastSnooping = new("bridge.options.multicast-snooping", FieldType.Flag);
    public static readonly Field MulticastQuerier = new("bridge.options.multicast-querier", FieldType.Flag);
    public static readonly Field MulticastRouter = new("bridge.options.multicast-router", FieldType.Choice) { Choices = [new("disabled", 0), new("auto", 1), new("enabled", 2)] };
    public static readonly Field VlanProtocol = new("bridge.options.vlan-protocol", FieldType.Choice) { Choices = [new("802.1q", 0x8100), new("802.1ad", 0x88A8)] };

    /// <summary>The VLAN that ports get when they join a filtering bridge; 0 is none.</summary>
    public static readonly Field VlanDefaultPvid = new("bridge.options.vlan-default-pvid", FieldType.Number) { Max = VlanTable.MaxId };

    /// <summary>Not of nmstate, where it follows from the ports' `vlan:`; here it follows too, and can be named to turn it off again.</summary>
    public static readonly Field VlanFiltering = new("bridge.options.vlan-filtering", FieldType.Flag);

    /// <summary>Fields of the bridge itself.</summary>
    public static readonly IReadOnlyList<Field> All =
    [
        StpEnabled, StpForwardDelay, StpHelloTime, StpMaxAge, StpPriority, AgeingTime, GroupForwardMask,
        MulticastSnooping, MulticastQuerier, MulticastRouter, VlanProtocol, VlanDefaultPvid, VlanFiltering,
    ];

    public static readonly Field PortHairpin = new("stp-hairpin-mode", FieldType.Flag) { OfPort = true };
    public static readonly Field PortPathCost = new("stp-path-cost", FieldType.Number) { Min = 1, Max = 65535, OfPort = true };

    /// <summary>IFLA_BRPORT_PRIORITY, BR_MAX_PORTS bits.</summary>
    public static readonly Field PortPriority = new("stp-priority", FieldType.Number) { Max = 63, OfPort = true };

    /// <summary>Fields of one port of a bridge.</summary>
    public static readonly IReadOnlyList<Field> Port = [PortHairpin, PortPathCost, PortPriority];
}
