namespace NodeAgent.Metrics.Instruments;

/// <summary>Takes the samples of one family after the other.</summary>
public abstract class MetricSink
{
    public abstract void Value(LabelSet labels, long value);

    public abstract void Value(LabelSet labels, ulong value);

    public abstract void Value(LabelSet labels, double value);

    public abstract void Value(LabelSet labels, Histogram histogram);
}
