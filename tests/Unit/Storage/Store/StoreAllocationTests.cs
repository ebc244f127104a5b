using Microsoft.Extensions.Logging.Abstractions;
using NodeAgent.Config;
using NodeAgent.Storage.Model;
using NodeAgent.Storage.Store;
using NodeAgent.Tests.Support;
using NodeAgent.Verdicts;
using Xunit;

namespace NodeAgent.Tests.Unit.Storage.Store;

/// <summary>What it allocates to judge and publish with a thousand maps of four paths: nothing where nothing changed, as one where one did.</summary>
public sealed class StoreAllocationTests : IDisposable
{
    private const int Rounds = 100;

    private readonly string _folder = Directory.CreateTempSubdirectory("nodeagent-storage-").FullName;
    private readonly MapMemory _memory;

    public StoreAllocationTests() => _memory = new MapMemory(_folder, NullLogger.Instance, writes: false);

    [Fact]
    public void Nothing_changed_costs_nothing()
    {
        var store = Store(1000, out var maps);
        var reading = MapMaker.Reading(maps);
        // The names of what may have changed, as an empty list: no enumerator is made for it.
        Assert.InRange(Bytes(_ => store.Publish(reading, [])), 0, 300);
    }

    [Fact]
    public void One_map_costs_the_same_among_ten_as_among_a_thousand_but_for_the_way_down_the_tree()
    {
        var few = OneChanged(10);
        Assert.InRange(OneChanged(1000), 1, few * 3);
        Assert.InRange(few, 1, 16 * 1024);
    }

    public void Dispose()
    {
        _memory.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private long OneChanged(int count)
    {
        var store = Store(count, out var maps);
        var (whole, one) = (Map(5, "A"), Map(5, "F"));
        StorageReading[] readings = [MapMaker.Reading([.. maps[..5], one, .. maps[6..]]), MapMaker.Reading([.. maps[..5], whole, .. maps[6..]])];
        string[] changed = [whole.Name];
        return Bytes(i => store.Publish(readings[i % 2], changed));
    }

    private StorageStore Store(int count, out MultipathMap[] maps)
    {
        maps = [.. Enumerable.Range(0, count).Select(static i => Map(i, "A"))];
        var clock = new ManualClock();
        var store = new StorageStore(1, new VerdictBoard(clock), _memory, new StorageSettings { FlappingChanges = 100 }, clock);
        store.Publish(MapMaker.Reading(maps), null);
        return store;
    }

    private static long Bytes(Action<int> work) => Allocated.By(() =>
    {
        for (var i = 0; i < Rounds; i++) work(i);
    }) / Rounds;

    private static MultipathMap Map(int i, string last) =>
        MapMaker.Of($"sda A ready running host2 p1 | sdb A ready running host3 p2 | sdc A ready running host2 p3 | sdd {last} ready running host3 p4", $"mpath{i:0000}");
}
