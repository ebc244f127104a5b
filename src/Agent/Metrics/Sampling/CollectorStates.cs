using NodeAgent.Metrics.Instruments;

namespace NodeAgent.Metrics.Sampling;

/// <summary>How each collector is doing now.</summary>
internal sealed class CollectorStates((CollectorThread Thread, LabelSet Labels)[] all) : IMetricSnapshot
{
    public int Count(int family) => all.Length;

    public void Write(int family, int index, MetricSink sink)
    {
        var (thread, labels) = all[index];
        var value = family switch
        {
            0 => thread.Duration,
            1 => thread.Succeeds ? 1 : 0,
            _ => thread.Age,
        };
        if (!double.IsNaN(value)) sink.Value(labels, value);
    }

    public void Dispose()
    {
    }
}
