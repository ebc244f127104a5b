using NodeAgent.Metrics.Instruments;

namespace NodeAgent.Metrics.Sampling;

/// <summary>All collectors: what a scrape waits for, for a bounded time, and how each of them is doing.</summary>
internal sealed class Samplers(TimeProvider clock) : IMetricSource, IDisposable
{
    private readonly TimeProvider _clock = clock;
    private (CollectorThread Thread, LabelSet Labels)[] _all = [];
    private CollectorStates? _snapshot;

    public IReadOnlyList<MetricFamily> Families { get; } =
    [
        new("nodeagent_collector_duration_seconds", MetricType.Gauge, "How long the last run of a collector took.", "collector"),
        new("nodeagent_collector_success", MetricType.Gauge, "1 if the last run of a collector succeeded and none is stuck, else 0.", "collector"),
        new("nodeagent_collector_age_seconds", MetricType.Gauge, "Age of what a collector read last.", "collector"),
    ];

    /// <summary>At the start only.</summary>
    public void Add(CollectorThread thread) => _all = [.. _all, (thread, new LabelSet(("collector", thread.Name)))];

    public void SetInterval(TimeSpan interval)
    {
        foreach (var (thread, _) in _all) thread.Interval = interval;
    }

    /// <summary>Sees to it that samples are fresh, or ends after <see cref="CollectorThread.Patience"/> with those there are. Completed at once, without allocation, where they are fresh.</summary>
    public ValueTask FreshenAsync(CancellationToken cancellation)
    {
        List<Task>? waiting = null;
        foreach (var (thread, _) in _all)
        {
            if (thread.Freshen() is { } run) (waiting ??= []).Add(run);
        }

        return waiting is null ? ValueTask.CompletedTask : new ValueTask(AwaitAsync(waiting, cancellation));
    }

    public IMetricSnapshot Take() => _snapshot ??= new CollectorStates(_all);

    public void Dispose()
    {
        foreach (var (thread, _) in _all) thread.Dispose();
    }

    private async Task AwaitAsync(List<Task> runs, CancellationToken cancellation)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var limit = Task.Delay(CollectorThread.Patience, _clock, late.Token);
        await Task.WhenAny(Task.WhenAll(runs), limit).ConfigureAwait(false);
        await late.CancelAsync().ConfigureAwait(false);
    }
}
