using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Unit.Fixtures;

/// <summary>The recorded states of a node's storage: is in them what their names say, unpacked as it was?</summary>
public sealed class StorageFixtureTests
{
    public static TheoryData<string> States => new(StorageFixture.States);

    [Theory]
    [MemberData(nameof(States))]
    public void Every_link_of_a_class_leads_to_a_device(string state)
    {
        using var fixture = StorageFixture.Open(state);
        var folder = Path.Combine(fixture.Paths.Sys, "class");
        if (!Directory.Exists(folder)) return;

        foreach (var entry in Directory.EnumerateDirectories(folder).SelectMany(Directory.EnumerateFileSystemEntries))
            Assert.True(Directory.Exists(entry), $"{entry} leads nowhere");
    }

    [Theory]
    [InlineData("healthy-2-paths", 2)]
    [InlineData("4-paths", 4)]
    [InlineData("path-deleted", 1)]
    public void Sysfs_and_multipathd_have_the_same_paths(string state, int count)
    {
        using var fixture = StorageFixture.Open(state);

        var slaves = Directory.GetFileSystemEntries(Path.Combine(fixture.Paths.Sys, "block/dm-0/slaves")).Select(Path.GetFileName).Order();
        var map = JsonDocument.Parse(fixture.Text("multipathd/show-maps-json")).RootElement.GetProperty("maps")[0];

        Assert.Equal(count, slaves.Count());
        Assert.Equal(slaves, map.GetProperty("path_groups").EnumerateArray().SelectMany(static g => g.GetProperty("paths").EnumerateArray()).Select(static p => p.GetProperty("dev").GetString()).Order());
    }

    [Fact]
    public void The_kernels_reply_has_the_status_that_dmsetup_prints()
    {
        using var fixture = StorageFixture.Open("one-path-failed");

        var reply = fixture.Bytes("dm/status-of-mpatha.hex");

        var target = (int)BinaryPrimitives.ReadUInt32LittleEndian(reply.AsSpan(16));
        var text = Encoding.UTF8.GetString(reply.AsSpan(target + 40)).TrimEnd('\0');
        Assert.Equal($"mpatha: 0 131072 multipath {text}\n", fixture.Text("dm/status"));
        Assert.Contains(" 8:0 F ", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failed_path_is_among_the_uevents()
    {
        using var fixture = StorageFixture.Open("one-path-failed");

        Assert.Contains(fixture.Uevents().Select(Encoding.UTF8.GetString), static text => text.Contains("\0DM_ACTION=PATH_FAILED\0", StringComparison.Ordinal) && text.EndsWith('\0'));
    }

    [Fact]
    public void A_queue_without_paths_has_four_devices_that_are_offline()
    {
        using var fixture = StorageFixture.Open("all-paths-failed-queueing");

        var states = Directory.GetFileSystemEntries(Path.Combine(fixture.Paths.Sys, "block/dm-0/slaves")).Select(static path => File.ReadAllText(path + "/device/state"));

        Assert.Equal(["offline\n", "offline\n", "offline\n", "offline\n"], states);
        Assert.Contains("queue_if_no_path", fixture.Text("dm/table"), StringComparison.Ordinal);
    }
}
