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

/// <summary>The metrics of storage as scrapes of nodes write them, each node from the same reading and with series of its own.</summary>
internal sealed class MapsScrape : IDisposable
{
    private readonly MapMemory _memory;
    private readonly StorageStore[] _stores;
    private readonly MetricRegistry[] _registries;
    private readonly Scrape _scrape = new();
    private readonly PipeWriter _nowhere = PipeWriter.Create(Stream.Null);
    private readonly int _maps;

    public MapsScrape(StorageReading reading, ManyMaps maps, int nodes)
    {
        _maps = maps.Count;
        _memory = new MapMemory(maps.Host.State, NullLogger.Instance, writes: false);
        _stores = [.. Enumerable.Range(0, nodes).Select(_ => new StorageStore(1, new VerdictBoard(TimeProvider.System), _memory, new StorageSettings(), TimeProvider.System))];
        _registries = [.. _stores.Select(store => Registry(store, reading))];
    }

    /// <summary>One scrape of each node, into nothing.</summary>
    public void Run()
    {
        foreach (var registry in _registries)
        {
            var written = _scrape.RunAsync(registry, _nowhere, ExpositionFormat.Text).AsTask().GetAwaiter().GetResult();
            if (written < _maps * 1000) throw new InvalidOperationException($"{written} bytes are too few for {_maps} maps.");
        }
    }

    public void Dispose()
    {
        _scrape.Dispose();
        foreach (var store in _stores) store.Dispose();
        _memory.Dispose();
    }

    private static MetricRegistry Registry(StorageStore store, StorageReading reading)
    {
        var registry = new MetricRegistry();
        StorageMetrics.Add(registry, store, TimeProvider.System);
        store.Publish(reading, null);
        return registry;
    }
}
