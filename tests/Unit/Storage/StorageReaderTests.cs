using NodeAgent.Native.DeviceMapper;
using NodeAgent.Storage.Model;
using NodeAgent.Storage.Reading;
using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Unit.Storage;

/// <summary>All readers together over the recorded states of a node.</summary>
public sealed class StorageReaderTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData("healthy-2-paths", "sda active ready running 0:0:0:0 host0", "sdb active ready running 1:0:0:0 host1")]
    [InlineData("one-path-failed", "sda failed faulty offline 0:0:0:0 host0", "sdb active ready running 1:0:0:0 host1")]
    [InlineData("reinstated", "sda active ready running 0:0:0:0 host0", "sdb active ready running 1:0:0:0 host1")]
    [InlineData("path-deleted", "sda active ready running 0:0:0:0 host0")]
    [InlineData("iscsi-two-sessions", "sda active ready running 0:0:0:1 session1 iqn.2026-11.com.example:array 10.0.1.1:3260", "sdb active ready running 1:0:0:1 session2 iqn.2026-11.com.example:array 10.0.2.1:3260")]
    [InlineData("iscsi-session-failed", "sda active ready running 0:0:0:1 session1 iqn.2026-11.com.example:array 10.0.1.1:3260", "sdb failed faulty transport-offline 1:0:0:1 session2 iqn.2026-11.com.example:array 10.0.2.1:3260")]
    [InlineData("multipathd-absent", "sda failed - running 0:0:0:0 host0", "sdd active - running 3:0:0:0 host3", "sdb active - running 1:0:0:0 host1", "sdc active - running 2:0:0:0 host2")]
    [InlineData("fc-two-hosts-documented", "sdb active ready running 3:0:0:12 host3 0x203500a098e1d2f0 fabric 0x100050eb1a123456", "sdd active ready running 4:0:0:12 host4 0x203700a098e1d2f0 fabric 0x100050eb1a654321", "sdc active ready running 3:0:1:12 host3 0x203600a098e1d2f0 fabric 0x100050eb1a123456", "sde active ready running 4:0:1:12 host4 0x203800a098e1d2f0 fabric 0x100050eb1a654321")]
    [InlineData("fc-rport-lost-documented", "sdb active ready running 3:0:0:12 host3 0x203500a098e1d2f0 fabric 0x100050eb1a123456", "sdd failed faulty transport-offline 4:0:0:12 host4 0x203700a098e1d2f0", "sdc active ready running 3:0:1:12 host3 0x203600a098e1d2f0 fabric 0x100050eb1a123456", "sde failed faulty transport-offline 4:0:1:12 host4 0x203800a098e1d2f0")]
    public void Paths_have_three_states_and_a_way(string state, params string[] paths)
    {
        var map = Assert.Single(Read(state).Maps);
        Assert.Null(map.Error);
        Assert.Equal(paths, map.Paths.Select(Line));
    }

    [Fact]
    public void Without_paths_it_queues()
    {
        var map = Assert.Single(Read("all-paths-failed-queueing").Maps);
        Assert.True(map.QueuesIfNoPath);
        Assert.All(map.Paths, p => Assert.False(p.DmActive));
    }

    [Fact]
    public void A_map_says_what_it_is()
    {
        var map = Assert.Single(Read("4-paths").Maps);
        Assert.Equal(("mpatha", "1Linux_scsi_debug_2000", "dm-0", new DeviceNumber(254, 0), 64UL << 20, "Linux scsi_debug"), (map.Name, map.Wwid, map.Device, map.Number, map.SizeBytes, map.Product));
        Assert.Equal([(1, "active", 50), (2, "enabled", 50), (3, "enabled", 10), (4, "enabled", 1)], map.Groups.Select(g => (g.Number, g.State, g.Priority!.Value)));
    }

    [Fact]
    public void Users_are_found_through_whatever_is_on_top()
    {
        var maps = Read("users").Maps.ToDictionary(m => m.Name, m => string.Join(", ", m.Users.Select(u => $"{u.Kind} {u.Name}")));
        Assert.Equal("Mount /, Mount /boot, LogicalVolume vg0/root", maps["mpatha"]);
        Assert.Equal("PersistentVolume pvc-7c9e6679-7425-40de-944b-e07fc1f90ae7", maps["mpathb"]);
        Assert.Equal("Swap /dev/dm-2", maps["mpathc"]);
        Assert.Equal("PersistentVolume pvc-2b0f7a3c-1111-4c1e-9d51-c3a5b8b5c0a2", maps["mpathd"]);
        Assert.Equal("", maps["mpathe"]);
        Assert.Equal(["mpatha"], Read("users").Maps.Where(m => m.IsRoot && m.IsBoot).Select(m => m.Name));
    }

    [Fact]
    public void Fibre_channel_hosts_shaped_as_documented_are_read()
    {
        var host = Read("fc-rport-lost-documented").Initiators.Single(i => i.Name == "host4");
        Assert.Equal((StorageTransport.FibreChannel, "Linkdown", "0x100000109b5a1b2d", null), (host.Transport, host.State, host.LocalName, host.Fabric));
        Assert.Equal(2UL, host.Counters["link_failure_count"]);
        Assert.DoesNotContain("seconds_since_last_reset", host.Counters.Keys);
        var port = host.Remotes.Single(r => r.Name == "rport-4:0-1");
        Assert.Equal(("0x203700a098e1d2f0", "Blocked", "FCP Target", 30L, 5L), (port.Address, port.State, port.Roles, port.DevLossTimeout, port.FastIoFailTimeout));
        Assert.Null(host.Remotes.Single(r => r.Name == "rport-4:0-0").FastIoFailTimeout);
        Assert.Empty(host.Errors);
    }

    [Theory]
    [InlineData("nvme-tcp-ana", "live", "non-optimized")]
    [InlineData("nvme-tcp-ana-inaccessible", "live", "inaccessible")]
    public void Nvme_controllers_and_their_paths_are_read(string state, string controller, string ana)
    {
        var nvme = Read(state).Initiators.Single(i => i.Name == "nvme1");
        Assert.Equal((StorageTransport.NvmeTcp, controller, "nqn.2026-11.com.example:node1"), (nvme.Transport, nvme.State, nvme.LocalName));
        var path = Assert.Single(nvme.Remotes);
        Assert.Equal(("nqn.2026-11.com.example:array/nvme0c1n1", ana), (path.Name, path.State));
        Assert.StartsWith("traddr=10.0.2.1,trsvcid=4420", path.Address);
    }

    [Theory]
    [InlineData("healthy-2-paths", StorageSourceState.Multipathd, "device-mapper and multipathd answer")]
    [InlineData("multipathd-absent", StorageSourceState.DeviceMapper, "multipathd is not running")]
    [InlineData("no-device-mapper", StorageSourceState.Unsupported, "this kernel has no device-mapper")]
    public void The_source_is_who_answered(string state, StorageSourceState source, string reason)
    {
        var reading = Read(state);
        Assert.Equal(source, reading.Source.State);
        Assert.StartsWith(reason, reading.Source.Reason);
    }

    [Fact]
    public void A_node_without_maps_and_without_multipathd_has_no_storage_of_this_kind()
    {
        using var tree = HostTree.Empty();
        Assert.Equal(StorageSourceState.Absent, new StorageReader(tree.Paths, new ManualClock(), () => new FakeDeviceMapper(0)).ReadOnce(s_patience).Source.State);
    }

    [Fact]
    public void Where_the_control_node_is_missing_and_the_kernel_is_not_it_is_said()
    {
        using var fixture = StorageFixture.Open("multipathd-absent");
        var reading = new StorageReader(fixture.Paths, new ManualClock()).ReadOnce(s_patience);
        Assert.Equal(StorageSourceState.Failed, reading.Source.State);
        Assert.Contains("mapper/control is missing", reading.Source.Reason);
        var map = Assert.Single(reading.Maps);
        Assert.Equal(("mpatha", "1Linux_scsi_debug_2000", 64UL << 20), (map.Name, map.Wwid, map.SizeBytes));
        Assert.Contains("is missing", map.Error);
    }

    [Fact]
    public void Where_device_mapper_may_not_be_asked_multipathd_is_enough()
    {
        using var fixture = StorageFixture.Open("one-path-failed");
        using var multipathd = Multipathd(fixture);
        var reading = new StorageReader(fixture.Paths, new ManualClock(), () => throw new DmException("open it", 13)).ReadOnce(s_patience);
        Assert.Equal(StorageSourceState.Multipathd, reading.Source.State);
        Assert.Contains("it takes root and CAP_SYS_ADMIN", reading.Source.Reason);
        var map = Assert.Single(reading.Maps);
        Assert.Null(map.Error);
        Assert.Equal(["sda failed faulty offline 0:0:0:0 host0", "sdb active ready running 1:0:0:0 host1"], map.Paths.Select(Line));
    }

    [Fact]
    public void Who_of_device_mapper_and_multipathd_answers_first_does_not_matter()
    {
        using var fixture = StorageFixture.Open("one-path-failed");
        using var answered = new ManualResetEventSlim();
        using var multipathd = Multipathd(fixture, answered);
        var reading = new StorageReader(fixture.Paths, new ManualClock(), () =>
        {
            // The answer is on its way; that it is taken in before this takes a moment.
            answered.Wait();
            Thread.Sleep(50);
            throw new DmException("open it", 13);
        }).ReadOnce(s_patience);
        Assert.Equal(["sda failed faulty offline 0:0:0:0 host0", "sdb active ready running 1:0:0:0 host1"], Assert.Single(reading.Maps).Paths.Select(Line));
    }

    [Fact]
    public void Where_it_may_not_be_asked_and_sysfs_has_no_map_there_is_none()
    {
        using var tree = HostTree.Empty();
        Directory.CreateDirectory(tree["sys/block/sda"]);
        var reading = new StorageReader(tree.Paths, new ManualClock(), () => throw new DmException("open it", 1)).ReadOnce(s_patience);
        Assert.Equal(StorageSourceState.Absent, reading.Source.State);
    }

    [Fact]
    public void A_device_mapper_that_hangs_is_said_in_time()
    {
        using var fixture = StorageFixture.Open("multipathd-absent");
        using var never = new ManualResetEvent(false);
        var reading = new StorageReader(fixture.Paths, TimeProvider.System, () => new FakeDeviceMapper(1) { Hang = never }).ReadOnce(TimeSpan.FromMilliseconds(200));
        never.Set();
        Assert.Equal(StorageSourceState.Failed, reading.Source.State);
        Assert.Contains("device-mapper has not answered", reading.Source.Reason);
    }

    internal static StorageReading Read(string state)
    {
        using var fixture = StorageFixture.Open(state);
        using var multipathd = fixture.Has("multipathd/show-maps-json") ? Multipathd(fixture) : null;
        return new StorageReader(fixture.Paths, new ManualClock(), fixture.Has("dm/list-devices.hex") ? () => new FixtureDeviceMapper(fixture) : null).ReadOnce(s_patience);
    }

    private static FakeMultipathd Multipathd(StorageFixture fixture, ManualResetEventSlim? asked = null) => new(fixture.Paths.MultipathdSocket, command =>
    {
        asked?.Set();
        return FakeMultipathd.Framed(command == "show maps json" ? fixture.Text("multipathd/show-maps-json") : "");
    });

    private static string Line(StoragePath path)
    {
        var dm = path.DmActive switch { true => "active", false => "failed", null => "none" };
        var line = $"{path.Device} {dm} {path.CheckerState ?? "-"} {path.DeviceState ?? "-"} {path.Hctl} {path.Initiator} {path.TargetPort}".TrimEnd();
        return path.Fabric is null ? line : $"{line} fabric {path.Fabric}";
    }
}
