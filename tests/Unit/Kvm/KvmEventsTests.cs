using System.Text;
using NodeAgent.Kvm.Watching;
using NodeAgent.Native.Netlink;
using Xunit;

namespace NodeAgent.Tests.Unit.Kvm;

public sealed class KvmEventsTests
{
    [Theory]
    [InlineData("add@/module/kvm_intel|ACTION=add|DEVPATH=/module/kvm_intel|SUBSYSTEM=module|SEQNUM=1", true)]
    [InlineData("remove@/module/kvm|ACTION=remove|DEVPATH=/module/kvm|SUBSYSTEM=module|SEQNUM=1", true)]
    [InlineData("add@/module/bonding|ACTION=add|DEVPATH=/module/bonding|SUBSYSTEM=module|SEQNUM=1", false)]
    [InlineData("add@/devices/virtual/misc/kvm|ACTION=add|SUBSYSTEM=misc|MAJOR=10|MINOR=232|DEVNAME=kvm|SEQNUM=1", true)]
    [InlineData("change@/devices/virtual/misc/kvm|ACTION=change|SUBSYSTEM=misc|SYNTH_UUID=0|MAJOR=10|MINOR=232|DEVNAME=kvm|SEQNUM=1", true)]
    [InlineData("change@/devices/virtual/misc/kvm|ACTION=change|SUBSYSTEM=misc|CREATED=5|COUNT=1|EVENT=create|PID=7|DEVNAME=kvm|SEQNUM=1", false)]
    [InlineData("change@/devices/virtual/misc/kvm|ACTION=change|SUBSYSTEM=misc|CREATED=5|COUNT=0|EVENT=destroy|PID=7|STATS_PATH=/x|DEVNAME=kvm|SEQNUM=1", false)]
    [InlineData("add@/devices/virtual/misc/tun|ACTION=add|SUBSYSTEM=misc|DEVNAME=net/tun|SEQNUM=1", false)]
    [InlineData("add@/devices/virtual/block/kvm|ACTION=add|SUBSYSTEM=block|DEVNAME=kvm|SEQNUM=1", false)]
    public void Modules_and_the_device_matter_VMs_that_come_and_go_do_not(string text, bool matters)
    {
        Assert.True(Uevent.TryParse(Encoding.ASCII.GetBytes(text.Replace('|', '\0') + "\0"), out var uevent));
        Assert.Equal(matters, KvmEvents.Matter(uevent));
    }
}
