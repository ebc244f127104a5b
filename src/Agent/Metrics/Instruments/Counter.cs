namespace NodeAgent.Metrics.Instruments;

/// <summary>A count that only grows. Safe from any thread, without locks or allocation.</summary>
public sealed class Counter : Series
{
    private long _value;

    internal Counter(LabelSet labels)
        : base(labels)
    {
    }

    public long Value => Volatile.Read(ref _value);

    public void Increment() => Interlocked.Increment(ref _value);

    /// <exception cref="ArgumentOutOfRangeException">Less than 0.</exception>
    public void Add(long count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        Interlocked.Add(ref _value, count);
    }

    internal override void Write(MetricSink sink) => sink.Value(Labels, Value);
}
