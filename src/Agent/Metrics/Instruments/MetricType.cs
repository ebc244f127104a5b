namespace NodeAgent.Metrics.Instruments;

/// <summary>What a family's numbers mean.</summary>
public enum MetricType
{
    /// <summary>Only grows, from the start of the process or of what it counts.</summary>
    Counter,

    /// <summary>Goes up and down.</summary>
    Gauge,

    /// <summary>Counts of observations in buckets, and their sum.</summary>
    Histogram,

    /// <summary>Always 1: its labels are what is told.</summary>
    Info,
}
