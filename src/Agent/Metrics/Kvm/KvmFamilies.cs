using System.Globalization;
using NodeAgent.Kvm.Model;
using NodeAgent.Metrics.Instruments;

namespace NodeAgent.Metrics.Kvm;

/// <summary>What is shown of a check of KVM.</summary>
internal static class KvmFamilies
{
    public static readonly MetricFamily[] All =
    [
        new("nodeagent_kvm_usable", MetricType.Gauge, "1 if virtual machines run here by KVM, else 0."),
        new("nodeagent_kvm_info", MetricType.Info, "Why KVM can or cannot be used, the processor's vendor and help (vmx, svm, none), what the firmware says, whether the node is itself a virtual machine.", "reason", "vendor", "virtualization", "firmware", "virtualized"),
        new("nodeagent_kvm_probe_outcome", MetricType.Gauge, "1 for how the guest of the last functional probe ended, 0 for the others.", "outcome"),
        new("nodeagent_kvm_probe_duration_seconds", MetricType.Gauge, "How long the last functional probe took, from creating the VM to its end; absent where none was run."),
        new("nodeagent_kvm_nested_enabled", MetricType.Gauge, "1 if guests may have guests of their own, else 0; absent where no module says it."),
        new("nodeagent_kvm_max_vcpus", MetricType.Gauge, "vCPUs a guest can have; absent where KVM could not be asked."),
        new("nodeagent_kvm_last_check_timestamp_seconds", MetricType.Gauge, "When KVM was last checked, Unix time."),
        new("nodeagent_hugepages", MetricType.Gauge, "Hugepages by size of a page in bytes and state (total, free, reserved, surplus), over all NUMA nodes.", "size", "state"),
        new("nodeagent_numa_hugepages", MetricType.Gauge, "Hugepages of one NUMA node by size of a page in bytes and state (total, free, surplus).", "numa_node", "size", "state"),
    ];

    private static readonly ProbeOutcome[] s_outcomes = Enum.GetValues<ProbeOutcome>();
    private static readonly LabelSet[] s_outcomeLabels = [.. s_outcomes.Select(static o => new LabelSet(("outcome", Label(KvmWords.Of(o)))))];

    /// <summary>The samples of each family, in the order of <see cref="All"/>.</summary>
    public static KvmSample[][] Of(KvmReport report)
    {
        var (facts, device) = (report.Facts, report.Facts.Device);
        return
        [
            [new(report.Usable ? 1 : 0)],
            [new(Info(report), 1)],
            [.. s_outcomes.Select((o, i) => new KvmSample(s_outcomeLabels[i], o == device.Probe.Outcome ? 1 : 0))],
            device.Probe.Duration is { } duration ? [new(duration.TotalSeconds)] : [],
            facts.Nested.Enabled is { } nested ? [new(nested ? 1 : 0)] : [],
            device.Extensions.FirstOrDefault(static e => e.Name == "MAX_VCPUS") is { } most ? [new(most.Value)] : [],
            [new(report.Checked.ToUnixTimeMilliseconds() / 1000.0)],
            [.. facts.Hugepages.Where(static p => p.NumaNode is null).SelectMany(Pool)],
            [.. facts.Hugepages.Where(static p => p.NumaNode is not null).SelectMany(Pool)],
        ];
    }

    /// <summary>"not run" as label values have it: "not_run".</summary>
    public static string Label(string word) => word.Replace(' ', '_');

    private static LabelSet Info(KvmReport report)
    {
        var (cpu, host) = (report.Facts.Cpu, report.Facts.Host);
        return new LabelSet(
            ("reason", Label(KvmWords.Of(report.Reason))),
            ("vendor", cpu.Vendor ?? ""),
            ("virtualization", KvmWords.Of(cpu.Virtualization) ?? "unknown"),
            ("firmware", KvmWords.Of(cpu.Firmware.State)),
            ("virtualized", host.Virtualized switch
            {
                true => "true",
                false => "false",
                null => "unknown",
            }));
    }

    private static IEnumerable<KvmSample> Pool(HugepagePool pool)
    {
        yield return new(Labels(pool, "total"), pool.Total);
        yield return new(Labels(pool, "free"), pool.Free);
        if (pool.Reserved is { } reserved) yield return new(Labels(pool, "reserved"), reserved);
        if (pool.Surplus is { } surplus) yield return new(Labels(pool, "surplus"), surplus);
    }

    private static LabelSet Labels(HugepagePool pool, string state)
    {
        var size = pool.SizeBytes.ToString(CultureInfo.InvariantCulture);
        return pool.NumaNode is { } node
            ? new LabelSet(("numa_node", node.ToString(CultureInfo.InvariantCulture)), ("size", size), ("state", state))
            : new LabelSet(("size", size), ("state", state));
    }
}
