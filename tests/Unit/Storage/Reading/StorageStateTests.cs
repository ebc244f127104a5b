using NodeAgent.Native.DeviceMapper;
using NodeAgent.Storage.DeviceMapper;
using NodeAgent.Storage.Model;
using NodeAgent.Storage.Multipathd;
using NodeAgent.Storage.Reading;
using NodeAgent.Storage.Sysfs;
using NodeAgent.Storage.Users;
using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Unit.Storage.Reading;

public sealed class StorageStateTests : IDisposable
{
    private static readonly DateTimeOffset s_time = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    private readonly FakeDeviceMapper _kernel = new(1000);
    private readonly DmReader _reader;
    private readonly StorageState _state = new();

    public StorageStateTests() => _reader = new DmReader(() => _kernel, e => DmSnapshot.Without(StorageSourceState.Failed, e.Message));

    public void Dispose() => _reader.Dispose();

    [Fact]
    public void Of_a_thousand_maps_the_one_that_changed_is_made_again()
    {
        var before = Read(null);
        Assert.Equal(1000, before!.Maps.Count);
        _kernel.Fail(500, 1);
        var after = Read(new DmNumber(254, 500), out var changed);
        Assert.Equal(["mpath500"], changed);
        Assert.Equal(999, before.Maps.Zip(after!.Maps).Count(static pair => ReferenceEquals(pair.First, pair.Second)));
        Assert.Equal(before.Maps.Select(m => m.Name), after.Maps.Select(m => m.Name));
        Assert.Equal([true, false, true, true], after.Maps.Single(m => m.Name == "mpath500").Paths.Select(p => p.DmActive!.Value));
    }

    /// <summary>What grows with the number of maps is one list of references.</summary>
    [Fact]
    public void One_changed_map_costs_as_one()
    {
        Read(null);
        var least = long.MaxValue;
        for (uint map = 1; map < 10; map++)
        {
            _kernel.Fail(map, 1);
            var before = GC.GetAllocatedBytesForCurrentThread();
            Read(new DmNumber(254, map), out _);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.InRange(least, 0, 2 * 1000 * IntPtr.Size + 16_384);
    }

    [Fact]
    public void Nothing_new_is_nothing_to_tell()
    {
        Read(null);
        Assert.Null(Read(null));
        _state.Set(new MultipathdReading { Problem = "multipathd has not answered yet" });
        Assert.Null(_state.Publish(s_time, _state.Source, null, out _));
    }

    [Fact]
    public void Maps_that_come_and_go_keep_the_order_by_name()
    {
        Read(null);
        _kernel.Remove(7);
        _kernel.Add();
        var after = Read(null, out var changed)!;
        Assert.Equal(["mpath1000", "mpath7"], changed.Order(StringComparer.Ordinal));
        Assert.Equal(after.Maps.Select(m => m.Name).Order(StringComparer.Ordinal), after.Maps.Select(m => m.Name));
        Assert.Equal(1000, after.Maps.Count);
    }

    [Fact]
    public void What_sysfs_says_of_a_path_changes_its_map_alone()
    {
        Read(null);
        var facts = new PathFacts(DeviceRoute.Parse("../../devices/host3/target3:0:0/3:0:0:9/block/sdq"), "offline", "A B", null, null);
        _state.Set([new KeyValuePair<DeviceNumber, PathFacts>(new DeviceNumber(8, 41), facts)]);
        var reading = _state.Publish(s_time, _state.Source, null, out var changed)!;
        Assert.Equal(["mpath10"], changed);
        var path = reading.Maps.Single(m => m.Name == "mpath10").Paths.Single(p => p.Device == "sdq");
        Assert.Equal(("offline", "3:0:0:9", "host3", true), (path.DeviceState, path.Hctl, path.Initiator, path.DmActive));
    }

    [Fact]
    public void New_paths_are_unknown_until_sysfs_answers()
    {
        Assert.False(_state.HasUnknownPaths);
        Read(null);
        Assert.True(_state.HasUnknownPaths);
        _state.Set(_state.PathNumbers.Select(n => new KeyValuePair<DeviceNumber, PathFacts>(n, PathFacts.Gone)).ToList());
        Assert.False(_state.HasUnknownPaths);
    }

    [Fact]
    public void Multipathd_of_another_volume_by_that_name_is_not_believed()
    {
        Read(null);
        var path = new MultipathdPath { Device = "sda", Number = new DeviceNumber(8, 0), CheckerState = "faulty" };
        var told = new MultipathdMap { Name = "mpath0", Wwid = "another", Groups = [new MultipathdGroup("active", 1, [path])] };
        _state.Set(new MultipathdReading { Maps = MultipathdReading.NoMaps.Add("mpath0", told) });
        var reading = _state.Publish(s_time, _state.Source, null, out _)!;
        Assert.All(reading.Maps[0].Paths, p => Assert.Null(p.CheckerState));
        _state.Set(new MultipathdReading { Maps = MultipathdReading.NoMaps.Add("mpath0", told with { Wwid = "3600a00000000" }) });
        reading = _state.Publish(s_time, _state.Source, null, out var changed)!;
        Assert.Equal(["mpath0"], changed);
        Assert.Equal("faulty", reading.Maps[0].Paths.First().CheckerState);
    }

    [Fact]
    public void Of_what_multipathd_says_of_one_map_the_others_are_not_made_again()
    {
        Read(null);
        var all = MultipathdReading.NoMaps.AddRange(Enumerable.Range(0, 1000).Select(static i => KeyValuePair.Create($"mpath{i}", new MultipathdMap { Name = $"mpath{i}", Product = "A" })));
        _state.Set(new MultipathdReading { Maps = all });
        _state.Publish(s_time, _state.Source, null, out _);
        var one = new MultipathdReading { Maps = all.SetItem("mpath3", new MultipathdMap { Name = "mpath3", Product = "B" }), Asked = ["mpath3"] };
        var before = GC.GetAllocatedBytesForCurrentThread();
        _state.Set(one);
        var reading = _state.Publish(s_time, _state.Source, null, out var changed)!;
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1000 * IntPtr.Size + 16_384);
        Assert.Equal(["mpath3"], changed);
        Assert.Equal("B", reading.Maps.Single(static m => m.Name == "mpath3").Product);
        // It went, and was asked for.
        _state.Set(one with { Maps = one.Maps.Remove("mpath3") });
        Assert.Null(_state.Publish(s_time, _state.Source, null, out changed)!.Maps.Single(static m => m.Name == "mpath3").Product);
        Assert.Equal(["mpath3"], changed);
    }

    [Fact]
    public void Paths_that_multipathd_alone_has_are_missing_ones()
    {
        Read(null);
        var orphan = new MultipathdPath { Device = "sdz", Number = new DeviceNumber(65, 144), CheckerState = "faulty" };
        _state.Set(new MultipathdReading { Orphans = new Dictionary<string, IReadOnlyList<MultipathdPath>> { ["3600a00000003"] = [orphan] } });
        var reading = _state.Publish(s_time, _state.Source, null, out var changed)!;
        Assert.Equal(["mpath3"], changed);
        var group = reading.Maps.Single(m => m.Name == "mpath3").Groups[^1];
        Assert.Equal((0, PathGroup.Missing), (group.Number, group.State));
        Assert.Equal(("sdz", null, "faulty"), (group.Paths[0].Device, group.Paths[0].DmActive, group.Paths[0].CheckerState));
    }

    [Fact]
    public void Users_change_their_map_alone()
    {
        Read(null);
        var use = new MapUse([new MapUser(MapUserKind.Mount, "/")], true, false);
        _state.Set(System.Collections.Frozen.FrozenDictionary.ToFrozenDictionary(new Dictionary<DeviceNumber, MapUse> { [new DeviceNumber(254, 4)] = use }));
        var reading = _state.Publish(s_time, _state.Source, null, out var changed)!;
        Assert.Equal(["mpath4"], changed);
        Assert.True(reading.Maps.Single(m => m.Name == "mpath4").IsRoot);
    }

    private StorageReading? Read(DmNumber? device) => Read(device, out _);

    private StorageReading? Read(DmNumber? device, out IReadOnlyCollection<string> changed)
    {
        _state.Set(device is { } number ? _reader.Read([number]) : _reader.ReadAll(), []);
        return _state.Publish(s_time, _state.Source, null, out changed);
    }
}
