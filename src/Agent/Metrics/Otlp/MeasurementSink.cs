using System.Diagnostics.Metrics;
using NodeAgent.Metrics.Instruments;

namespace NodeAgent.Metrics.Otlp;

/// <summary>Gathers the samples of one family as measurements. Histograms are not among them: they are told each observation.</summary>
internal sealed class MeasurementSink(int expected) : MetricSink
{
    public List<Measurement<double>> Measurements { get; } = new(expected);

    public override void Value(LabelSet labels, long value) => Value(labels, (double)value);

    public override void Value(LabelSet labels, ulong value) => Value(labels, (double)value);

    public override void Value(LabelSet labels, double value) => Measurements.Add(new Measurement<double>(value, labels.Tags));

    public override void Value(LabelSet labels, Histogram histogram)
    {
    }
}
