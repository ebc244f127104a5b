using NodeAgent.Doctor.Facts;

namespace NodeAgent.Doctor.Judging;

internal static class NicChecks
{
    public static readonly IReadOnlyList<Check<NicFacts>> All =
    [
        new(
            "nics.count",
            static s => $"{s.NicCount} or more; {s.NicRecommended} recommended (two for management, two for data)",
            "with one NIC a broken cable, port or switch takes the node and its VMs off the network",
            static (facts, settings) => Count(facts, settings.NicCount, settings.NicRecommended)),
        new(
            "nics.speed",
            static s => $"{s.NicCount} or more with {Amounts.Rate(s.NicSpeed)}",
            "VMs, their storage and live migrations share these links; a slow one makes migrations of busy VMs never end",
            static (facts, settings) => Speed(facts, settings.NicCount, settings.NicSpeed)),
    ];

    private static Finding Count(NicFacts facts, int wanted, int recommended)
    {
        if (facts.Error is not null) return Finding.Unknown(facts.Error);
        var found = facts.Nics.Count == 0 ? "none" : $"{facts.Nics.Count}: {string.Join(", ", facts.Nics.Select(static n => n.Name))}";
        if (facts.LeftOut.Count > 0) found += $"; not counted: {string.Join(", ", facts.LeftOut)}";
        if (facts.Nics.Count < wanted) return Finding.Fail(found, "add a NIC; one that is built in and not listed needs its driver: look for it in `lspci -k`");
        return facts.Nics.Count < recommended
            ? Finding.Warn(found, "with all traffic on these NICs, bond them and keep management and data apart by VLANs; or add NICs")
            : Finding.Ok(found);
    }

    private static Finding Speed(NicFacts facts, int wanted, long speed)
    {
        if (facts.Error is not null) return Finding.Unknown(facts.Error);
        if (facts.Nics.Count == 0) return Finding.Absent("there is no NIC");
        // That there are too few is nics.count's affair.
        wanted = Math.Min(wanted, facts.Nics.Count);
        var fast = facts.Nics.Count(n => n.Speed.IsFound && n.Speed.Value >= speed);
        var silent = facts.Nics.Where(static n => !n.Speed.IsFound).ToList();
        var found = string.Join(", ", facts.Nics.Select(Text));
        if (fast >= wanted) return Finding.Ok(found);
        if (fast + silent.Count < wanted) return Finding.Fail(found, $"use NICs, modules and switch ports of {Amounts.Rate(speed)}; `ethtool NIC` shows what both ends can do");
        var fix = silent.Exists(static n => n.Carrier is not true)
            ? "plug the cable in and `ip link set NIC up`: the speed is known only with a carrier"
            : "ask `ethtool NIC`; the drivers of virtual NICs do not say how fast they are";
        return Finding.Unknown(found, fix);
    }

    private static string Text(Nic nic)
    {
        if (nic.Speed.IsFound) return $"{nic.Name} {Amounts.Rate(nic.Speed.Value)}";
        if (nic.Speed.Error is { } error) return $"{nic.Name} {error}";
        return $"{nic.Name} {(nic.Carrier switch { true => "does not say", false => "has no carrier", _ => "is down" })}";
    }
}
