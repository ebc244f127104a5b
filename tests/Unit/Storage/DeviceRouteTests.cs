using NodeAgent.Storage.Sysfs;
using Xunit;

namespace NodeAgent.Tests.Unit.Storage;

public sealed class DeviceRouteTests
{
    [Theory]
    [InlineData("../../devices/pci0000:3a/0000:3a:00.0/0000:3b:00.0/host3/rport-3:0-1/target3:0:0/3:0:0:12/block/sdb", "sdb", "3:0:0:12", "host3", "host3")]
    [InlineData("../../devices/platform/host4/session1/target4:0:0/4:0:0:1/block/sdd", "sdd", "4:0:0:1", "host4", "session1")]
    [InlineData("../../devices/pseudo_0/adapter0/host0/target0:0:0/0:0:0:0/block/sda", "sda", "0:0:0:0", "host0", "host0")]
    [InlineData("../../devices/virtual/nvme-fabrics/ctl/nvme0/nvme0n1", "nvme0n1", null, null, "nvme0")]
    [InlineData("../../devices/pci0000:00/0000:00:04.0/nvme/nvme1/nvme1n1", "nvme1n1", null, null, "nvme1")]
    [InlineData("../../devices/virtual/nvme-subsystem/nvme-subsys0/nvme0n1", "nvme0n1", null, null, null)]
    [InlineData("../../devices/virtual/block/dm-0", "dm-0", null, null, null)]
    [InlineData("../../devices/LNXSYSTM:00/hostile/hosts3/::::/1::2:3/sessions/block/sdz", "sdz", null, null, null)]
    [InlineData("", "", null, null, null)]
    public void A_place_in_the_tree_says_what_a_device_hangs_on(string link, string device, string? hctl, string? host, string? initiator)
    {
        var route = DeviceRoute.Parse(link);
        Assert.Equal((device, hctl, host, initiator), (route.Device, route.Hctl, route.Host, route.Initiator));
    }

    [Fact]
    public void A_remote_port_is_named() =>
        Assert.Equal("rport-3:0-1", DeviceRoute.Parse("../../devices/pci0/host3/rport-3:0-1/target3:0:0/3:0:0:12/block/sdb").RemotePort);
}
