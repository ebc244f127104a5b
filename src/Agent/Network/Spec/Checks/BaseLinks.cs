using NodeAgent.Network.Model;
using NodeAgent.Network.Schema;

namespace NodeAgent.Network.Spec.Checks;

/// <summary>The link that a VLAN, macvlan or VXLAN sits on is described or there, and can carry it.</summary>
internal static class BaseLinks
{
    public static void Check(CheckContext context)
    {
        foreach (var spec in context.Present)
        {
            if (spec.BaseLink is not { Length: > 0 } lower) continue;
            var field = spec.Fields.First(static f => f.Field.IsBaseLink).Field;
            if (Problem(spec, lower, field, context) is { } problem) context.Error(spec, field, problem);
        }
    }

    private static string? Problem(InterfaceSpec spec, string lower, Field field, CheckContext context)
    {
        if (lower == spec.Name) return $"{spec.Name} cannot sit on itself";
        if (context.Spec(lower) is { IsAbsent: true } absent) return $"{lower} is removed by {absent.StateMark}; {spec.Name} needs it";
        if (!context.WillExist(lower)) return $"{lower} neither exists nor is described; add it to interfaces:";
        if (context.TypeOf(lower) == InterfaceType.Loopback) return $"{lower} is the loopback link and carries nothing";
        if (field == MacvlanFields.BaseLink && context.ControllerOf(lower) is { } controller)
        {
            // One receive handler a link (netdev_rx_handler_register): a port's belongs to its bridge or bond.
            return $"{lower} is a port of {controller}, which takes all its frames; use base-iface: {controller}";
        }

        return null;
    }
}
