namespace NodeAgent.Metrics.Instruments;

/// <summary>One state of a source. It holds still until it is disposed of, which says that the scrape has done with it.</summary>
public interface IMetricSnapshot : IDisposable
{
    /// <summary>How many series a family has, at most.</summary>
    /// <param name="family">Its place in <see cref="IMetricSource.Families"/>.</param>
    int Count(int family);

    /// <summary>Hands one series to the sink; nothing where its value is not known.</summary>
    void Write(int family, int index, MetricSink sink);
}
