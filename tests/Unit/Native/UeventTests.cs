using System.Text;
using NodeAgent.Native.Netlink;
using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Unit.Native;

public sealed class UeventTests
{
    /// <summary>As a 6.12 kernel sends it when multipathd or dm-mpath fails a path.</summary>
    private const string PathFailed =
        "change@/devices/virtual/block/dm-0\0ACTION=change\0DEVPATH=/devices/virtual/block/dm-0\0SUBSYSTEM=block\0DM_TARGET=multipath\0" +
        "DM_ACTION=PATH_FAILED\0DM_SEQNUM=1\0DM_PATH=8:16\0DM_NR_VALID_PATHS=1\0DM_NAME=mpatha\0DM_UUID=mpath-333\0MAJOR=254\0MINOR=0\0" +
        "DEVNAME=dm-0\0DEVTYPE=disk\0SEQNUM=1204\0";

    [Fact]
    public void An_event_of_the_kernel_is_read()
    {
        Assert.True(Uevent.TryParse(Encoding.ASCII.GetBytes(PathFailed), out var uevent));
        Assert.Equal(UeventAction.Change, uevent.Action);
        Assert.Equal("/devices/virtual/block/dm-0", Encoding.ASCII.GetString(uevent.DevicePath));
        Assert.Equal("dm-0", Encoding.ASCII.GetString(uevent.Name));
        Assert.Equal("block", Encoding.ASCII.GetString(uevent.Subsystem));
        Assert.Equal("dm-0", Encoding.ASCII.GetString(uevent.DeviceName));
        Assert.Equal("8:16", Encoding.ASCII.GetString(uevent["DM_PATH"u8]));
        Assert.True(uevent["DM_PAT"u8].IsEmpty);
        Assert.True(uevent["ACTIONS"u8].IsEmpty);
    }

    [Theory]
    [InlineData("add", UeventAction.Add)]
    [InlineData("remove", UeventAction.Remove)]
    [InlineData("change", UeventAction.Change)]
    [InlineData("move", UeventAction.Move)]
    [InlineData("online", UeventAction.Online)]
    [InlineData("offline", UeventAction.Offline)]
    [InlineData("bind", UeventAction.Bind)]
    [InlineData("unbind", UeventAction.Unbind)]
    [InlineData("dissolve", UeventAction.Other)]
    public void Every_action_has_its_word(string word, UeventAction action)
    {
        Assert.True(Uevent.TryParse(Encoding.ASCII.GetBytes($"{word}@/devices/x\0"), out var uevent));
        Assert.Equal(action, uevent.Action);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\0")]
    [InlineData("libudev\0\xfe\xed\xca\xfe")]
    [InlineData("add@")]
    [InlineData("@/devices/x")]
    [InlineData("add@devices/x")]
    public void What_is_no_event_is_not_taken_for_one(string datagram) =>
        Assert.False(Uevent.TryParse(Encoding.Latin1.GetBytes(datagram), out _));

    [Fact]
    public void Reading_an_event_allocates_nothing()
    {
        var datagram = Encoding.ASCII.GetBytes(PathFailed);
        Assert.Equal(0, Allocated.By(() => Read(datagram)));

        static void Read(byte[] datagram)
        {
            Assert.True(Uevent.TryParse(datagram, out var uevent) && uevent.Subsystem.SequenceEqual("block"u8) && uevent["SEQNUM"u8].Length > 0);
        }
    }
}
