namespace NodeAgent.Metrics.Instruments;

/// <summary>The families that code counts into, as a source: live series, so that a snapshot is the series themselves.</summary>
internal sealed class InstrumentSource : IMetricSource, IMetricSnapshot
{
    private volatile Func<IReadOnlyList<Series>>[] _all = [];
    private volatile MetricFamily[] _families = [];

    public IReadOnlyList<MetricFamily> Families => _families;

    public void Add(MetricFamily family, Func<IReadOnlyList<Series>> all)
    {
        // The series first: who sees the family finds them.
        _all = [.. _all, all];
        _families = [.. _families, family];
    }

    public IMetricSnapshot Take() => this;

    public int Count(int family) => _all[family]().Count;

    public void Write(int family, int index, MetricSink sink) => _all[family]()[index].Write(sink);

    public void Dispose()
    {
    }
}
