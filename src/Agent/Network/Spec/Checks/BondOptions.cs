using NodeAgent.Network.Model;
using NodeAgent.Network.Schema;

namespace NodeAgent.Network.Spec.Checks;

/// <summary>Bond options against the mode and each other, as drivers/net/bonding/bond_options.c has them.</summary>
internal static class BondOptions
{
    /// <summary>BOND_DEFAULT_MIIMON: what the kernel sets where a mode cannot do without and nothing is said.</summary>
    private const long DefaultMiimon = 100;

    /// <summary>BOND_MAX_ARP_TARGETS.</summary>
    private const int MaxTargets = 16;

    /// <summary>Options the kernel refuses (EACCES) in another mode; the rest of those bound to modes has no effect there.</summary>
    private static readonly Field[] s_refused =
    [
        BondFields.ArpInterval, BondFields.ArpValidate, BondFields.MissedMax, BondFields.Primary, BondFields.PacketsPerSlave, BondFields.LacpRate,
        BondFields.LacpActive, BondFields.AdActorSysPrio, BondFields.AdActorSystem, BondFields.AdUserPortKey, BondFields.TlbDynamicLb,
    ];

    public static void Check(CheckContext context)
    {
        foreach (var spec in context.Present)
        {
            if ((spec.Type ?? context.Seen(spec.Name)?.Type) != InterfaceType.Bond) continue;
            var mode = (int?)context.Value(spec.Name, BondFields.Mode)?.Number;
            if (mode is not null) AgainstMode(spec, mode.Value, context);
            Monitoring(spec, mode, context);
            Targets(spec, context);
            Primary(spec, context);
        }
    }

    private static void AgainstMode(InterfaceSpec spec, int mode, CheckContext context)
    {
        foreach (var entry in spec.Fields)
        {
            if (BondFields.ModesOf(entry.Field) is not { } modes || modes.Contains(mode)) continue;
            var name = BondFields.Mode.Format(FieldValue.Of(mode));
            var others = string.Join(", ", modes.Select(m => BondFields.Mode.Format(FieldValue.Of(m))));
            var why = s_refused.Contains(entry.Field)
                ? $"{entry.Field.Key} is not possible in mode {name}: the kernel refuses it"
                : $"{entry.Field.Key} has no effect in mode {name}";
            context.Error(spec, entry.Field, $"{why}; {Instead(entry.Field, mode)} (modes that take it: {others})");
        }
    }

    private static string Instead(Field option, int mode)
    {
        var arp = option == BondFields.ArpInterval || option == BondFields.ArpIpTarget || option == BondFields.ArpValidate
            || option == BondFields.ArpAllTargets || option == BondFields.MissedMax;
        if (arp) return "use miimon";
        return option == BondFields.Primary && mode == BondMode.Lacp ? "use ad_select" : "remove it";
    }

    private static void Monitoring(InterfaceSpec spec, int? mode, CheckContext context)
    {
        var miimon = spec.Fields[BondFields.Miimon]?.Number;
        var arp = spec.Fields[BondFields.ArpInterval]?.Number;
        if (miimon > 0 && arp > 0)
        {
            context.Error(spec, BondFields.ArpInterval, "miimon and arp_interval exclude each other in the kernel; keep one");
            return;
        }

        // Without what exists, a document that does not create the bond may rely on it.
        if (context.Observed is null && !spec.Fields.Contains(BondFields.Mode)) return;
        var seen = context.Seen(spec.Name);
        var carrier = miimon ?? seen?.Fields[BondFields.Miimon]?.Number ?? (mode is BondMode.Lacp or BondMode.BalanceTlb or BondMode.BalanceAlb ? DefaultMiimon : 0);
        if (arp > 0 && string.IsNullOrEmpty(context.Value(spec.Name, BondFields.ArpIpTarget)?.Text))
        {
            context.Error(spec, BondFields.ArpInterval, "arp_interval needs arp_ip_target, the addresses to ask for");
        }

        Delay(spec, BondFields.Updelay, carrier, context);
        Delay(spec, BondFields.Downdelay, carrier, context);
        if (carrier == 0 && (arp ?? seen?.Fields[BondFields.ArpInterval]?.Number ?? 0) == 0)
        {
            context.Notes.Add($"{CheckContext.Place(spec)} has neither miimon nor arp_interval: a port that loses its link is not noticed; miimon: 100 is usual");
        }
    }

    private static void Delay(InterfaceSpec spec, Field field, long miimon, CheckContext context)
    {
        var delay = spec.Fields[field]?.Number ?? 0;
        if (delay == 0) return;
        if (miimon == 0) context.Error(spec, field, $"{field.Key} needs miimon, of which it is a multiple");
        else if (delay % miimon != 0) context.Error(spec, field, $"{field.Key} {delay} is not a multiple of miimon {miimon}: the kernel would make it {delay - (delay % miimon)}");
    }

    private static void Targets(InterfaceSpec spec, CheckContext context)
    {
        if (spec.Fields.Text(BondFields.ArpIpTarget) is not { Length: > 0 } targets) return;
        if (targets.Contains(':', StringComparison.Ordinal)) context.Error(spec, BondFields.ArpIpTarget, "ARP is of IPv4: only IPv4 addresses are possible here");
        else if (targets.Count(c => c == ',') >= MaxTargets) context.Error(spec, BondFields.ArpIpTarget, $"the kernel takes at most {MaxTargets} addresses");
    }

    private static void Primary(InterfaceSpec spec, CheckContext context)
    {
        if (spec.Fields.Text(BondFields.Primary) is not { Length: > 0 } primary) return;
        var ports = spec.Ports?.Select(p => p.Name) ?? context.Observed?.PortsOf(spec.Name);
        if (ports is not null && !ports.Contains(primary)) context.Error(spec, BondFields.Primary, $"{primary} is not a port of {spec.Name} ({string.Join(", ", ports)})");
    }
}
