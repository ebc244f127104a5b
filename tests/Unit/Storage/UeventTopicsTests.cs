using System.Text;
using NodeAgent.Native.Netlink;
using NodeAgent.Storage.Watching;
using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Unit.Storage;

public sealed class UeventTopicsTests
{
    [Fact]
    public void A_path_that_fails_is_its_maps_change()
    {
        using var fixture = StorageFixture.Open("one-path-failed");
        var heard = fixture.Uevents().Select(Of).ToList();
        Assert.Contains((UeventTopic.Map, (254U, 0U), true), heard);
    }

    [Fact]
    public void A_path_that_is_deleted_is_told_as_a_path()
    {
        using var fixture = StorageFixture.Open("path-deleted");
        Assert.Contains((UeventTopic.Path, (8U, 16U), false), fixture.Uevents().Select(Of));
    }

    [Theory]
    [InlineData("add@/devices/virtual/block/dm-3\0SUBSYSTEM=block\0MAJOR=253\0MINOR=3\0", "Map", false)]
    [InlineData("change@/devices/x/block/sda\0SUBSYSTEM=block\0MAJOR=8\0MINOR=x\0", "Path", true)]
    [InlineData("add@/devices/virtual/misc/device-mapper\0SUBSYSTEM=misc\0", "DeviceMapper", false)]
    [InlineData("add@/devices/pci0/host3/rport-3:0-1/fc_remote_ports/rport-3:0-1\0SUBSYSTEM=fc_remote_ports\0", "Adapter", false)]
    [InlineData("remove@/devices/platform/host4/session1\0SUBSYSTEM=iscsi_session\0", "Adapter", false)]
    [InlineData("change@/devices/virtual/nvme-fabrics/ctl/nvme0\0SUBSYSTEM=nvme\0", "Adapter", true)]
    [InlineData("add@/devices/virtual/net/veth0\0SUBSYSTEM=net\0", "None", false)]
    [InlineData("add@/module/dm_mod\0SUBSYSTEM=module\0", "None", false)]
    public void Events_are_sorted(string text, string topic, bool isChange)
    {
        var (found, _, change) = Of(Encoding.ASCII.GetBytes(text));
        Assert.Equal((topic, isChange), (found.ToString(), change));
    }

    private static (UeventTopic, (uint, uint), bool) Of(byte[] datagram)
    {
        Assert.True(Uevent.TryParse(datagram, out var uevent));
        return (UeventTopics.Of(uevent, out var number, out var isChange), number, isChange);
    }
}
