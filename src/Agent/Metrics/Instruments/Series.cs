namespace NodeAgent.Metrics.Instruments;

/// <summary>One series that code counts into.</summary>
public abstract class Series
{
    private protected Series(LabelSet labels) => Labels = labels;

    public LabelSet Labels { get; }

    internal abstract void Write(MetricSink sink);
}
