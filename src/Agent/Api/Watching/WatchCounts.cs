using NodeAgent.Metrics.Instruments;

namespace NodeAgent.Api.Watching;

/// <summary>What is measured of the watches of one kind.</summary>
public sealed class WatchCounts(Gauge open, Counter conflated)
{
    internal void Begin() => open.Add(1);

    internal void End() => open.Add(-1);

    internal void Conflated(int updates) => conflated.Add(updates);
}
