using NodeAgent.Metrics.Instruments;

namespace NodeAgent.Metrics.Links;

/// <summary>Links, bridges, bonds and VLANs as they were sampled last; nothing once that is so long ago that it would mislead.</summary>
internal sealed class LinkSource(LinkTables tables, TimeSpan tooOld, TimeProvider clock) : IMetricSource
{
    public IReadOnlyList<MetricFamily> Families { get; } = [.. LinkFamilies.All.Select(family => family.Family)];

    public IMetricSnapshot Take()
    {
        var table = tables.Take();
        if (clock.GetElapsedTime(table.Sampled) <= tooOld) return table;
        table.Dispose();
        return NothingToShow.Instance;
    }
}
