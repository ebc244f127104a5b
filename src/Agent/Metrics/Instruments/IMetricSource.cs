namespace NodeAgent.Metrics.Instruments;

/// <summary>Families whose series come from a state somebody else keeps: links, policies.</summary>
public interface IMetricSource
{
    /// <summary>Fixed from the start.</summary>
    IReadOnlyList<MetricFamily> Families { get; }

    /// <summary>The state to show. Called by each scrape, from any thread: no I/O, no waiting, and no allocation unless the state changed.</summary>
    IMetricSnapshot Take();
}
