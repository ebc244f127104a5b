using NodeAgent.Metrics.Instruments;

namespace NodeAgent.Tests.Unit.Metrics;

/// <summary>Counts the samples it is given and keeps nothing.</summary>
internal sealed class CountingSink : MetricSink
{
    public int Samples { get; private set; }

    public override void Value(LabelSet labels, long value) => Samples++;

    public override void Value(LabelSet labels, ulong value) => Samples++;

    public override void Value(LabelSet labels, double value) => Samples++;

    public override void Value(LabelSet labels, Histogram histogram) => Samples++;
}
