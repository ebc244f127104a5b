using NodeAgent.Native.DeviceMapper;
using NodeAgent.Storage.DeviceMapper;
using NodeAgent.Storage.Model;
using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Unit.Storage;

public sealed class DmReaderTests
{
    [Theory]
    [InlineData("healthy-2-paths", "8:0 A, 8:16 A")]
    [InlineData("one-path-failed", "8:0 F, 8:16 A")]
    [InlineData("reinstated", "8:0 A, 8:16 A")]
    [InlineData("path-deleted", "8:0 A")]
    public void Maps_are_what_the_kernel_said(string state, string paths)
    {
        using var fixture = StorageFixture.Open(state);
        using var reader = Reader(() => new FixtureDeviceMapper(fixture));
        var found = reader.ReadAll();
        Assert.Equal("", found.Reason);
        var map = Assert.Single(found.Maps);
        Assert.Null(map.Error);
        Assert.Equal(("mpatha", "1Linux_scsi_debug_2000", new DeviceNumber(254, 0), true, "alua"), (map.Name, map.Wwid, map.Number, map.QueuesIfNoPath, map.HardwareHandler));
        Assert.Equal(131072UL, map.Sectors);
        Assert.Equal(paths, string.Join(", ", map.Groups.SelectMany(g => g.Paths).Select(p => $"{p.Number} {(p.Active ? "A" : "F")}")));
        Assert.All(map.Groups, g => Assert.Equal("service-time", g.Selector));
    }

    [Fact]
    public void What_did_not_change_is_the_same_object()
    {
        using var kernel = new FakeDeviceMapper(3);
        using var reader = Reader(() => kernel);
        var first = reader.ReadAll();
        Assert.Same(first, reader.ReadAll());
        kernel.Fail(1, 0);
        var second = reader.ReadAll();
        Assert.Same(first.Maps[0], second.Maps[0]);
        Assert.NotSame(first.Maps[1], second.Maps[1]);
        Assert.Same(first.Maps[2], second.Maps[2]);
        Assert.False(second.Maps[1].Groups[0].Paths[0].Active);
    }

    [Fact]
    public void One_device_of_an_event_is_read_alone()
    {
        using var kernel = new FakeDeviceMapper(3);
        using var reader = Reader(() => kernel);
        var first = reader.ReadAll();
        kernel.Fail(2, 1);
        var (lists, statuses) = (kernel.Lists, kernel.Statuses);
        var second = reader.Read([new DmNumber(254, 2)]);
        Assert.Equal((lists, statuses + 1), (kernel.Lists, kernel.Statuses));
        Assert.Same(first.Maps[0], second.Maps[0]);
        Assert.False(second.Maps[2].Groups[0].Paths[1].Active);
        Assert.Same(second, reader.Read([new DmNumber(254, 2)]));
    }

    [Fact]
    public void A_device_that_came_or_went_makes_the_list_be_read()
    {
        using var kernel = new FakeDeviceMapper(2);
        using var reader = Reader(() => kernel);
        reader.ReadAll();
        kernel.Add();
        Assert.Equal(3, reader.Read([new DmNumber(254, 2)]).Maps.Length);
        kernel.Remove(0);
        Assert.Equal(["mpath1", "mpath2"], reader.Read([new DmNumber(254, 0)]).Maps.Select(m => m.Name));
    }

    [Fact]
    public void A_status_that_makes_no_sense_is_its_maps_alone()
    {
        using var kernel = new FakeDeviceMapper(2);
        using var reader = Reader(() => kernel);
        kernel.Break(0);
        var maps = reader.ReadAll().Maps;
        Assert.Contains("makes no sense", maps[0].Error);
        Assert.Null(maps[1].Error);
    }

    [Fact]
    public void Without_a_device_mapper_its_absence_is_the_answer_until_there_is_one()
    {
        using var kernel = new FakeDeviceMapper(1);
        var there = false;
        using var reader = new DmReader(() => there ? kernel : throw new DmException("open it", 2), e => DmSnapshot.Without(StorageSourceState.Unsupported, e.Message));
        Assert.Equal(StorageSourceState.Unsupported, reader.ReadAll().State);
        there = true;
        Assert.Single(reader.Read([]).Maps);
    }

    /// <summary>What changes is what is read and made; a reading of all where nothing changed makes nothing.</summary>
    [Fact]
    public void Readings_without_a_change_allocate_nothing()
    {
        using var kernel = new FakeDeviceMapper(100);
        using var reader = Reader(() => kernel);
        reader.ReadAll();
        Assert.Equal(0, Allocated.By(() => reader.ReadAll()));
    }

    private static DmReader Reader(Func<IDeviceMapper> open) => new(open, e => DmSnapshot.Without(StorageSourceState.Failed, e.Message));
}
