using NodeAgent.Kvm;
using NodeAgent.Kvm.Model;
using NodeAgent.Metrics.Instruments;

namespace NodeAgent.Metrics.Kvm;

/// <summary>KVM and hugepages as of the last check: nothing is read for a scrape.</summary>
internal sealed class KvmSource : IMetricSource
{
    private readonly SeriesSet<Counter> _runs;
    private volatile KvmSnapshot _current = new([]);

    private KvmSource(SeriesSet<Counter> runs) => _runs = runs;

    public IReadOnlyList<MetricFamily> Families => KvmFamilies.All;

    public IMetricSnapshot Take() => _current;

    /// <summary>Shows what the board says, from now on.</summary>
    public static void Add(MetricRegistry registry, KvmBoard board)
    {
        var source = new KvmSource(registry.Counters("nodeagent_kvm_probe_runs_total", "Guests the functional probe of KVM ran, by outcome.", "outcome"));
        registry.Add(source);
        board.Checked += source.Show;
    }

    private void Show(KvmReport report)
    {
        var probe = report.Facts.Device.Probe;
        if (probe.Outcome != ProbeOutcome.NotRun) _runs.With(KvmFamilies.Label(KvmWords.Of(probe.Outcome))).Increment();
        _current = new KvmSnapshot(KvmFamilies.Of(report));
    }
}
