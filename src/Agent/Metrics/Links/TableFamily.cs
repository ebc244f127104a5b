using NodeAgent.Metrics.Instruments;

namespace NodeAgent.Metrics.Links;

/// <summary>A family that has a series for each row of one part of a sample.</summary>
internal abstract class TableFamily(MetricFamily family)
{
    public MetricFamily Family { get; } = family;

    public abstract int Count(LinkTable table);

    public abstract void Write(LinkTable table, int index, MetricSink sink);
}
