using NodeAgent.Native.Netlink;
using NodeAgent.Native.Rtnl;
using Xunit;

namespace NodeAgent.Tests.Unit.Native;

public sealed class NetlinkWriterTests
{
    [Fact]
    public void Lengths_are_patched_from_the_inside_out()
    {
        using var writer = new NetlinkWriter();
        var message = writer.BeginMessage(16, MessageFlags.Request | MessageFlags.Ack, sequence: 0x11223344);
        var outer = writer.BeginNested(18);
        writer.WriteString(1, "veth");
        var inner = writer.BeginNested(2);
        writer.WriteByte(3, 9);
        writer.EndNested(inner);
        writer.EndNested(outer);
        writer.EndMessage(message);

        Assert.Equal(
            "2C000000" + "1000" + "0500" + "44332211" + "00000000" +
            "1C001280" + "09000100" + "7665746800000000" + "0C000280" + "05000300" + "09000000",
            Convert.ToHexString(writer.Written));
    }

    [Fact]
    public void Null_writes_nothing()
    {
        using var writer = new NetlinkWriter();
        writer.WriteByte(1, null);
        writer.WriteBool(1, null);
        writer.WriteUInt16(1, null);
        writer.WriteUInt16BigEndian(1, null);
        writer.WriteUInt32(1, null);
        writer.WriteUInt32BigEndian(1, null);
        writer.WriteInt32(1, null);
        writer.WriteUInt64(1, null);
        writer.WriteString(1, null);
        writer.WriteFlag(1, null);
        writer.WriteFlag(1, false);
        Assert.Equal(0, writer.Length);
    }

    [Fact]
    public void Padding_is_zero_even_in_a_used_buffer()
    {
        using var writer = new NetlinkWriter(256);
        writer.WriteBytes(1, Enumerable.Repeat((byte)0xff, 200).ToArray());
        writer.Clear();
        writer.WriteByte(1, 1);
        Assert.Equal("0500010001000000", Convert.ToHexString(writer.Written));
    }

    [Fact]
    public void The_buffer_grows_and_keeps_what_was_written()
    {
        using var writer = new NetlinkWriter(256);
        for (var i = 0; i < 10_000; i++)
            writer.WriteUInt32(i & 0xff, (uint)i);
        var reader = new AttributeReader(writer.Written);
        for (var i = 0; i < 10_000; i++)
        {
            Assert.True(reader.Next());
            Assert.Equal((uint)i, reader.AsUInt32());
        }

        Assert.False(reader.Next());
    }

    [Fact]
    public void An_attribute_that_netlink_cannot_express_is_refused()
    {
        using var writer = new NetlinkWriter();
        Assert.Throws<InvalidOperationException>(() => writer.WriteBytes(1, new byte[65532]));
        writer.WriteBytes(1, new byte[65531]);

        var nested = writer.BeginNested(2);
        writer.WriteBytes(1, new byte[60_000]);
        writer.WriteBytes(1, new byte[60_000]);
        Assert.Throws<InvalidOperationException>(() => writer.EndNested(nested));
    }

    [Fact]
    public void A_disposed_writer_cannot_be_written_to()
    {
        var writer = new NetlinkWriter();
        writer.Dispose();
        writer.Dispose();
        Assert.Throws<ObjectDisposedException>(() => writer.WriteByte(1, 1));
    }

    [Theory]
    [InlineData(5, 4)]
    [InlineData(0, 4095)]
    public void A_vlan_range_that_makes_no_sense_is_refused_and_leaves_the_batch_as_it_was(int first, int last)
    {
        using var batch = new NetlinkBatch();
        batch.DeleteLink("eth0");
        Assert.Throws<ArgumentException>(() => batch.AddBridgeVlans(2, [new BridgeVlan((ushort)first, (ushort)last)]));
        Assert.Throws<ArgumentException>(() => batch.AddBridgeVlans(2, [new BridgeVlan(1, 4, BridgeVlanFlags.Pvid)]));
        Assert.Equal(1, batch.Count);
        Assert.Equal(1, batch.DeleteLink("eth1"));
    }

    [Fact]
    public void Requests_that_would_hit_every_link_are_refused()
    {
        using var batch = new NetlinkBatch();
        Assert.Throws<ArgumentException>(() => batch.SetLink(new LinkMessage { Index = 2, Flags = LinkFlags.Up }));
        Assert.Throws<ArgumentOutOfRangeException>(() => batch.DeleteLinkGroup(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => batch.DeleteLink(0));
        Assert.Throws<ArgumentException>(() => batch.DeleteLink(""));
        Assert.Equal(0, batch.Count);
    }
}
