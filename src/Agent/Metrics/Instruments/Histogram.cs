namespace NodeAgent.Metrics.Instruments;

/// <summary>How observations are spread over buckets. Safe from any thread, without locks or allocation.</summary>
public sealed class Histogram : Series
{
    private readonly MetricFamily _family;
    private readonly HistogramBounds _bounds;
    private readonly long[] _counts;
    private double _sum;

    internal Histogram(MetricFamily family, LabelSet labels, HistogramBounds bounds)
        : base(labels)
    {
        (_family, _bounds) = (family, bounds);
        _counts = new long[bounds.Values.Count + 1];
    }

    public double Sum => Volatile.Read(ref _sum);

    public void Observe(double value)
    {
        Interlocked.Increment(ref _counts[_bounds.BucketOf(value)]);
        for (var old = Sum; ; old = Sum)
        {
            if (Interlocked.CompareExchange(ref _sum, old + value, old).Equals(old)) break;
        }

        _family.Mirror?.Invoke(value, Labels);
    }

    /// <summary>In seconds.</summary>
    public void Observe(TimeSpan duration) => Observe(duration.TotalSeconds);

    /// <summary>Observations in one bucket alone; the last is what lies beyond all bounds.</summary>
    internal long CountOf(int bucket) => Volatile.Read(ref _counts[bucket]);

    internal HistogramBounds Shape => _bounds;

    internal override void Write(MetricSink sink) => sink.Value(Labels, this);
}
