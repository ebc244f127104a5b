using NodeAgent.Network.Schema;

namespace NodeAgent.Network.Spec.Checks;

/// <summary>What the kernel refuses of a bridge, and options that contradict its ports.</summary>
internal static class BridgeOptions
{
    /// <summary>BR_GROUPFWD_RESTRICTED: STP, pause frames and LACP stay on their link.</summary>
    private const long NeverForwarded = 0b111;

    /// <summary>BR_MIN_FORWARD_DELAY, which the kernel asks for only while STP runs: 0 is usual without.</summary>
    private const int MinStpDelay = 2;

    public static void Check(CheckContext context)
    {
        foreach (var spec in context.Present)
        {
            if (spec.Fields[BridgeFields.GroupForwardMask] is { } mask && (mask.Number & NeverForwarded) != 0)
            {
                context.Error(spec, BridgeFields.GroupForwardMask, $"{mask.Number} has bits 0 to 2 set, which the kernel never forwards (STP, pause frames, LACP); {mask.Number & ~NeverForwarded} is the rest of it");
            }

            if (spec.Fields[BridgeFields.StpForwardDelay] is { Number: < MinStpDelay } delay && context.Value(spec.Name, BridgeFields.StpEnabled) is { Number: not 0 })
            {
                context.Error(spec, BridgeFields.StpForwardDelay, $"{delay.Number} is too short while STP is on: the kernel takes {MinStpDelay} s and more");
            }

            if (spec.Fields[BridgeFields.VlanFiltering] is { Number: 0 } && spec.Ports?.FirstOrDefault(p => p.Vlans is not null) is { } port)
            {
                context.Error(spec, BridgeFields.VlanFiltering, $"is false, but the port {port.Name} has `vlan:` ({port.VlanMark}), which needs it; remove one of the two");
            }
        }
    }
}
