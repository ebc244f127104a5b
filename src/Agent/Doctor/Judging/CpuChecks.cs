using NodeAgent.Doctor.Facts;

namespace NodeAgent.Doctor.Judging;

internal static class CpuChecks
{
    public static readonly IReadOnlyList<Check<CpuFacts>> All =
    [
        new(
            "cpu.cores",
            static s => $"{s.CpuCores} cores or more",
            "VMs share the node's cores with kubelet, storage and migrations; with fewer they wait for each other",
            static (facts, settings) => Cores(facts, settings.CpuCores)),
    ];

    private static Finding Cores(CpuFacts facts, int wanted)
    {
        if (!facts.Threads.IsFound) return Finding.Unknown(facts.Threads.Reason("/sys/devices/system/cpu/online"));
        var threads = facts.Threads.Value;
        if (!facts.Cores.IsFound)
        {
            var found = $"{Plural.Of(threads, "processor")}; {facts.Cores.Error ?? "how many cores those are the kernel does not say"}";
            return threads < wanted ? TooFew(found) : Finding.Unknown(found);
        }

        var text = threads == facts.Cores.Value ? Plural.Of(threads, "core") : $"{Plural.Of(facts.Cores.Value, "core")} with {threads} threads";
        return facts.Cores.Value < wanted ? TooFew(text) : Finding.Ok(text);
    }

    private static Finding TooFew(string found) =>
        Finding.Fail(found, "use a machine with more cores; where cores were switched off, in the firmware or by maxcpus= on the kernel's command line, switch them on");
}
