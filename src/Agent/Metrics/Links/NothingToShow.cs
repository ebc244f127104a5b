using NodeAgent.Metrics.Instruments;

namespace NodeAgent.Metrics.Links;

/// <summary>A snapshot without any series.</summary>
internal sealed class NothingToShow : IMetricSnapshot
{
    public static readonly NothingToShow Instance = new();

    public int Count(int family) => 0;

    public void Write(int family, int index, MetricSink sink)
    {
    }

    public void Dispose()
    {
    }
}
