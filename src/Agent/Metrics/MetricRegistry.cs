using NodeAgent.Metrics.Instruments;
using NodeAgent.Metrics.Sampling;

namespace NodeAgent.Metrics;

/// <summary>
/// Everything that is measured: instruments that code counts into, and sources that show a state. Each name once.
/// Instruments are made at the start; counting into them is free of locks and allocation.
/// </summary>
public sealed class MetricRegistry
{
    private readonly Lock _lock = new();
    private readonly InstrumentSource _instruments = new();
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<MetricFamily, HistogramBounds> _bounds = [];
    private volatile IMetricSource[] _sources;

    public MetricRegistry() => _sources = [_instruments];

    /// <summary>In the order they are shown.</summary>
    public IReadOnlyList<IMetricSource> Sources => _sources;

    /// <summary>The same; enumerating an array allocates nothing.</summary>
    internal IMetricSource[] SourceArray => _sources;

    /// <summary>What reads the node beside the scrapes; null where nothing does.</summary>
    internal Samplers? Samplers { get; set; }

    internal ValueTask FreshenAsync(CancellationToken cancellation) => Samplers?.FreshenAsync(cancellation) ?? ValueTask.CompletedTask;

    internal HistogramBounds BoundsOf(MetricFamily family)
    {
        lock (_lock) return _bounds[family];
    }

    /// <summary>A counter without labels; the name ends in _total.</summary>
    public Counter Counter(string name, string help) => Single(new MetricFamily(name, MetricType.Counter, help), new Counter(LabelSet.None));

    /// <summary>Counters with one to three labels; the name ends in _total.</summary>
    public SeriesSet<Counter> Counters(string name, string help, params IReadOnlyList<string> labels) =>
        Set(new MetricFamily(name, MetricType.Counter, help, labels), set => new Counter(set));

    public Gauge Gauge(string name, string help) => Single(new MetricFamily(name, MetricType.Gauge, help), new Gauge(LabelSet.None));

    public SeriesSet<Gauge> Gauges(string name, string help, params IReadOnlyList<string> labels) =>
        Set(new MetricFamily(name, MetricType.Gauge, help, labels), set => new Gauge(set));

    public Histogram Histogram(string name, string help, HistogramBounds bounds)
    {
        var family = Shaped(new MetricFamily(name, MetricType.Histogram, help), bounds);
        return Single(family, new Histogram(family, LabelSet.None, bounds));
    }

    public SeriesSet<Histogram> Histograms(string name, string help, HistogramBounds bounds, params IReadOnlyList<string> labels)
    {
        var family = Shaped(new MetricFamily(name, MetricType.Histogram, help, labels), bounds);
        return Set(family, set => new Histogram(family, set, bounds));
    }

    /// <summary>Facts that do not change while the process runs; the name ends in _info.</summary>
    public void Info(string name, string help, params (string Name, string Value)[] labels)
    {
        var one = new Gauge(new LabelSet(labels));
        one.Set(1);
        Single(new MetricFamily(name, MetricType.Info, help, [.. labels.Select(l => l.Name)]), one);
    }

    /// <summary>A number somebody else keeps, asked for at each scrape: no I/O, no allocation. NaN where it is not known.</summary>
    public void Observe(string name, MetricType type, string help, Func<double> value) => Observe(name, type, help, (LabelSet.None, value));

    /// <summary>Numbers somebody else keeps, one for each set of labels.</summary>
    public void Observe(string name, MetricType type, string help, params (LabelSet Labels, Func<double> Value)[] series)
    {
        Series[] all = [.. series.Select(one => new ObservedSeries(one.Labels, one.Value))];
        Register(new MetricFamily(name, type, help, [.. series[0].Labels.Tags.Select(label => label.Key)]), () => all);
    }

    /// <summary>Adds families that show a state.</summary>
    public void Add(IMetricSource source)
    {
        lock (_lock)
        {
            foreach (var family in source.Families) Claim(family);
            _sources = [.. _sources, source];
        }
    }

    private MetricFamily Shaped(MetricFamily family, HistogramBounds bounds)
    {
        lock (_lock) _bounds[family] = bounds;
        return family;
    }

    private T Single<T>(MetricFamily family, T series)
        where T : Series
    {
        Series[] all = [series];
        Register(family, () => all);
        return series;
    }

    private SeriesSet<T> Set<T>(MetricFamily family, Func<LabelSet, T> make)
        where T : Series
    {
        var set = new SeriesSet<T>(family, make);
        Register(family, () => set.All);
        return set;
    }

    private void Register(MetricFamily family, Func<IReadOnlyList<Series>> all)
    {
        lock (_lock)
        {
            Claim(family);
            _instruments.Add(family, all);
        }
    }

    private void Claim(MetricFamily family)
    {
        if (!_names.Add(family.BaseName)) throw new ArgumentException($"The metric {family} is registered twice.");
    }
}
