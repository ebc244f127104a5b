using NodeAgent.Metrics.Instruments;
using NodeAgent.Storage.Store;

namespace NodeAgent.Metrics.Storage;

/// <summary>Storage as it was last published: nothing is read for a scrape, and nothing made where nothing changed since the last.</summary>
internal sealed class StorageMetrics : IMetricSource
{
    private readonly Lock _lock = new();
    private readonly StorageStore _store;
    private readonly TimeProvider _clock;
    private volatile StorageTable _table;

    private StorageMetrics(StorageStore store, TimeProvider clock)
    {
        (_store, _clock) = (store, clock);
        _table = new StorageTable(store.Current, null, clock);
    }

    public IReadOnlyList<MetricFamily> Families { get; } = [.. StorageFamilies.All.Select(static f => f.Family)];

    /// <summary>Shows what the store publishes, from now on.</summary>
    public static void Add(MetricRegistry registry, StorageStore store, TimeProvider clock)
    {
        registry.Add(new StorageMetrics(store, clock));
        var latency = registry.Histogram("nodeagent_storage_event_latency_seconds", "From the kernel's event about a path or map to the verdict that watchers are told.", HistogramBounds.Repairs);
        store.Published += (_, timestamp) =>
        {
            if (timestamp is { } begun) latency.Observe(clock.GetElapsedTime(begun));
        };
    }

    public IMetricSnapshot Take()
    {
        var state = _store.Current;
        var table = _table;
        if (table.Version == state.Version) return table;
        lock (_lock)
        {
            table = _table;
            return table.Version >= state.Version ? table : _table = new StorageTable(state, table, _clock);
        }
    }
}
