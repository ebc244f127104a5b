namespace NodeAgent.Metrics.Instruments;

/// <summary>A number that goes up and down. Safe from any thread, without locks or allocation. Not shown while it is NaN: not known.</summary>
public sealed class Gauge : Series
{
    private double _value;

    internal Gauge(LabelSet labels)
        : base(labels)
    {
    }

    public double Value => Volatile.Read(ref _value);

    public void Set(double value) => Volatile.Write(ref _value, value);

    public void Add(double change)
    {
        for (var old = Value; ; old = Value)
        {
            if (Interlocked.CompareExchange(ref _value, old + change, old).Equals(old)) return;
        }
    }

    internal override void Write(MetricSink sink)
    {
        var value = Value;
        if (!double.IsNaN(value)) sink.Value(Labels, value);
    }
}
