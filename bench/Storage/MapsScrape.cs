using System.IO.Pipelines;
using Microsoft.Extensions.Logging.Abstractions;
using NodeAgent.Config;
using NodeAgent.Metrics;
using NodeAgent.Metrics.Exposition;
using NodeAgent.Metrics.Storage;
using NodeAgent.Storage.Model;
using NodeAgent.Storage.Store;
using NodeAgent.Verdicts;

namespace NodeAgent.Bench.Storage;

/// <summary>The metrics of storage as a scrape writes them, from one reading.</summary>
internal sealed class MapsScrape : IDisposable
{
    private readonly MetricRegistry _registry = new();
    private readonly MapMemory _memory;
    private readonly StorageStore _store;
    private readonly Scrape _scrape = new();
    private readonly PipeWriter _nowhere = PipeWriter.Create(Stream.Null);
    private readonly int _maps;

    public MapsScrape(StorageReading reading, ManyMaps maps)
    {
        _maps = maps.Count;
        _memory = new MapMemory(maps.Host.State, NullLogger.Instance, writes: false);
        _store = new StorageStore(1, new VerdictBoard(TimeProvider.System), _memory, new StorageSettings(), TimeProvider.System);
        StorageMetrics.Add(_registry, _store, TimeProvider.System);
        _store.Publish(reading, null);
    }

    /// <summary>One scrape, into nothing.</summary>
    public void Run()
    {
        var written = _scrape.RunAsync(_registry, _nowhere, ExpositionFormat.Text).AsTask().GetAwaiter().GetResult();
        if (written < _maps * 1000) throw new InvalidOperationException($"{written} bytes are too few for {_maps} maps.");
    }

    public void Dispose()
    {
        _scrape.Dispose();
        _store.Dispose();
        _memory.Dispose();
    }
}
