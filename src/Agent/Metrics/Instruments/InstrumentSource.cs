namespace NodeAgent.Metrics.Instruments;

/// <summary>The families that code counts into, as a source: live series, so that a snapshot is the series themselves.</summary>
internal sealed class InstrumentSource : IMetricSource, IMetricSnapshot
{
    private volatile Entry[] _entries = [];
    private volatile MetricFamily[] _families = [];

    public IReadOnlyList<MetricFamily> Families => _families;

    public IEnumerable<Series> Series => _entries.SelectMany(entry => entry.All());

    public void Add(MetricFamily family, Func<IReadOnlyList<Series>> all)
    {
        // The entries first: who sees the family finds its entry.
        _entries = [.. _entries, new Entry(family, all)];
        _families = [.. _families, family];
    }

    public IReadOnlyList<Series> SeriesOf(MetricFamily family) => Array.Find(_entries, e => e.Family == family)?.All() ?? [];

    public IMetricSnapshot Take() => this;

    public int Count(int family) => _entries[family].All().Count;

    public void Write(int family, int index, MetricSink sink) => _entries[family].All()[index].Write(sink);

    public void Dispose()
    {
    }

    private sealed record Entry(MetricFamily Family, Func<IReadOnlyList<Series>> All);
}
