using NodeAgent.Config;
using NodeAgent.Doctor.Facts;
using NodeAgent.Network.Spec;

namespace NodeAgent.Doctor.Judging;

internal static class ClockChecks
{
    // What costs a VM or the host a device access for each look at the clock.
    private static readonly string[] s_slow = ["acpi_pm", "hpet", "jiffies", "refined-jiffies"];

    public static readonly IReadOnlyList<Check<ClockFacts>> All =
    [
        new(
            "time.sync",
            static s => $"synchronized, at most {Durations.Format(s.ClockError)} off",
            "certificates, leases and VMs that move between nodes go by the clock; logs of two nodes can be compared only if theirs agree",
            Sync),
        new(
            "time.clocksource",
            static _ => "one the processor reads by itself (tsc), or the hypervisor's",
            "KVM gives guests a fast clock only where the host's own is the TSC",
            Source),
    ];

    private static Finding Sync(ClockFacts facts, DoctorSettings settings)
    {
        if (facts.Clock.Value is not { } clock) return Finding.Unknown(facts.Clock.Reason("adjtimex"));
        var daemons = facts.Daemons.Count > 0 ? $"{string.Join(" and ", facts.Daemons)} {(facts.Daemons.Count == 1 ? "runs" : "run")}" : "no chronyd, ntpd or systemd-timesyncd runs here";
        if (!clock.Synchronized)
        {
            return Finding.Warn($"not synchronized; {daemons}", facts.Daemons.Count > 0
                ? "see whether its servers answer: `chronyc sources`, `timedatectl timesync-status` or `ntpq -p`; chronyd tells the kernel only with rtcsync in its configuration"
                : "install chrony and name time servers this node can reach in its configuration; on a VM the hypervisor may keep the clock, unseen by the kernel");
        }

        var found = $"synchronized, at most {Durations.Format(TimeSpan.FromMilliseconds(Math.Ceiling(clock.MaxError.TotalMilliseconds)))} off; {daemons}";
        return clock.MaxError <= settings.ClockError ? Finding.Ok(found) : Finding.Warn(found, "see which servers are used and how far they are away: `chronyc tracking`, `timedatectl timesync-status` or `ntpq -p`");
    }

    private static Finding Source(ClockFacts facts, DoctorSettings settings)
    {
        if (facts.Source.Value is not { } source) return Finding.Unknown(facts.Source.Reason("/sys/devices/system/clocksource/clocksource0/current_clocksource"));
        return Array.IndexOf(s_slow, source) < 0
            ? Finding.Ok(source)
            : Finding.Warn($"{source}; available: {facts.Sources}", "look for \"Marking clocksource 'tsc' as unstable\" in `dmesg`, and update the firmware");
    }
}
