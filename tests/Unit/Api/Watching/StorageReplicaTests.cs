using Microsoft.Extensions.Logging.Abstractions;
using NodeAgent.Api.Mapping;
using NodeAgent.Api.V1;
using NodeAgent.Api.Watching;
using NodeAgent.Cli.Storage;
using NodeAgent.Config;
using NodeAgent.Storage.Model;
using NodeAgent.Storage.Store;
using NodeAgent.Tests.Support;
using NodeAgent.Tests.Unit.Storage;
using NodeAgent.Verdicts;
using Xunit;

namespace NodeAgent.Tests.Unit.Api.Watching;

/// <summary>Whatever happens to storage on the way, the client that `storage watch` is knows the truth: paths that come and go, maps renamed, names given to others, a source that fails, lost connections, a history too short, another process.</summary>
public sealed class StorageReplicaTests : IDisposable
{
    private const int Steps = 300;

    private readonly ManualClock _clock = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("nodeagent-storage-").FullName;
    private readonly SortedDictionary<string, NodeAgent.Storage.Model.MultipathMap> _maps = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, NodeAgent.Storage.Model.StorageInitiator> _initiators = new(StringComparer.Ordinal);
    private readonly StorageReplica _replica = new();
    private StorageStore _store;
    private bool _fails;

    public StorageReplicaTests() => _store = Store(0, 8192);

    [Theory]
    [InlineData(1, 8192)]
    [InlineData(2, 64)]
    [InlineData(3, 8)]
    [InlineData(4, 3)]
    [InlineData(5, 1)]
    public async Task A_replica_equals_the_node(int seed, int history)
    {
        var random = new Random(seed);
        _store = Store(1, history);
        Publish(null);
        var reader = Connect();
        for (var step = 0; step < Steps; step++)
        {
            for (var changes = random.Next(4); changes > 0; changes--) Change(random);
            switch (random.Next(10))
            {
                case 0:
                    await reader.DisposeAsync();
                    if (random.Next(8) == 0)
                    {
                        _store = Store(1000 + step, history);
                        Publish(null);
                    }

                    reader = Connect();
                    break;
                case < 7:
                    Apply(await TakeAsync(reader));
                    break;
            }

            if (step % 20 == 0) await CatchUpAsync(reader);
        }

        await CatchUpAsync(reader);
        await reader.DisposeAsync();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private StorageStore Store(long epoch, int history) =>
        new(epoch, new VerdictBoard(_clock), new MapMemory(_folder, NullLogger.Instance, writes: false), new StorageSettings(), _clock, history);

    private WatchReader<WatchStorageResponse> Connect() =>
        new(new StorageView(_store, _clock), _clock, new WatchStart(_replica.Epoch, _replica.Version, WatchStart.DefaultHeartbeat), null);

    // A change without news ends in nothing to take: a heartbeat is due then.
    private async Task<WatchStorageResponse> TakeAsync(WatchReader<WatchStorageResponse> reader)
    {
        var next = reader.NextAsync();
        while (!next.IsCompleted)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        return await next;
    }

    private void Apply(WatchStorageResponse message)
    {
        if (!message.Heartbeat) _replica.Take(message);
    }

    private async Task CatchUpAsync(WatchReader<WatchStorageResponse> reader)
    {
        while (_replica.Epoch != _store.Epoch || _replica.Version < _store.Current.Version) Apply(await TakeAsync(reader));
        var state = _store.Current;
        Assert.Equal(state.Maps.Values.Select(static m => StorageMapping.ToWire(m)).OrderBy(static m => m.Name, StringComparer.Ordinal), _replica.Maps.OrderBy(static m => m.Name, StringComparer.Ordinal));
        Assert.Equal(state.Initiators.Values.Select(static i => StorageMapping.ToWire(i)), _replica.Initiators.OrderBy(static i => i.Name, StringComparer.Ordinal));
        Assert.Equal(StorageMapping.ToWire(state.Source!), _replica.Source);
    }

    private void Change(Random random)
    {
        var name = $"mpath{(char)('a' + random.Next(6))}";
        switch (random.Next(12))
        {
            case 0:
                _maps.Remove(name);
                Publish([name]);
                break;
            case 1 when _maps.Remove(name, out var map):
                // Renamed, perhaps to a name that another volume had.
                var other = $"mpath{(char)('a' + random.Next(6))}";
                _maps[other] = map with { Name = other };
                Publish([other, name]);
                break;
            case 2:
                _fails = !_fails;
                Publish([]);
                break;
            case 3:
                var host = $"host{random.Next(4)}";
                if (!_initiators.Remove(host)) _initiators[host] = new NodeAgent.Storage.Model.StorageInitiator { Name = host, Transport = StorageTransport.FibreChannel, State = random.Next(2) == 0 ? "Online" : "Linkdown" };
                Publish([]);
                break;
            case 4:
                Publish(null);
                break;
            default:
                var wwid = _maps.TryGetValue(name, out var known) ? known.Wwid : $"w{random.Next(1000)}";
                if (_maps.Values.Any(m => m.Name != name && m.Wwid == wwid)) break;
                _maps[name] = MapMaker.Of($"sda A ready running host2 | sdb {(random.Next(2) == 0 ? "A" : "F")} ready running host3", name) with { Wwid = wwid };
                Publish([name]);
                break;
        }
    }

    private void Publish(IReadOnlyCollection<string>? changed)
    {
        var reading = MapMaker.Reading([.. _maps.Values]) with { Initiators = [.. _initiators.Values] };
        _store.Publish(_fails ? reading with { Source = new NodeAgent.Storage.Model.StorageSource(NodeAgent.Storage.Model.StorageSourceState.Failed, "it hangs"), Maps = [] } : reading, changed);
    }
}
