using NodeAgent.Doctor.Facts;

namespace NodeAgent.Doctor.Judging;

internal static class MemoryChecks
{
    public static readonly IReadOnlyList<Check<MemoryFacts>> All =
    [
        new(
            "memory.total",
            static s => $"{Amounts.Bytes(s.MemoryMinimum)} or more; {Amounts.Bytes(s.MemoryRecommended)} recommended",
            "a VM's memory is not shared and not swapped: the node holds as many VMs as their memory fits into it",
            static (facts, settings) =>
            {
                if (!facts.Total.IsFound) return Finding.Unknown(facts.Total.Reason("/proc/meminfo"));
                var found = Amounts.Bytes(facts.Total.Value);
                if (facts.Total.Value < settings.MemoryMinimum) return Finding.Fail(found, "add memory, or use another machine; memory the firmware does not show may be a broken module");
                return facts.Total.Value < settings.MemoryRecommended
                    ? Finding.Warn(found, "a node should have 20 times the median memory of its VMs: add memory where that is more")
                    : Finding.Ok(found);
            }),
        new(
            "memory.swap",
            static _ => "none",
            "kubelet does not start with swap on unless told to, and a VM whose memory is swapped out stalls",
            static (facts, _) =>
            {
                if (!facts.Swap.IsFound) return Finding.Unknown(facts.Swap.Reason("/proc/meminfo"));
                return facts.Swap.Value == 0
                    ? Finding.Ok("none")
                    : Finding.Warn($"{Amounts.Bytes(facts.Swap.Value)}{(facts.Swaps.Count > 0 ? " on " + string.Join(", ", facts.Swaps) : "")}", "`swapoff -a`, and remove the swap lines from /etc/fstab");
            }),
    ];
}
