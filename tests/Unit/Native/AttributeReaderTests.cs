using NodeAgent.Native.Netlink;
using Xunit;

namespace NodeAgent.Tests.Unit.Native;

public sealed class AttributeReaderTests
{
    [Fact]
    public void An_empty_container_has_no_attributes() => Assert.False(new AttributeReader([]).Next());

    [Fact]
    public void Flag_bits_are_no_part_of_the_type()
    {
        var reader = new AttributeReader([0x04, 0x00, 0x12, 0x80]);
        Assert.True(reader.Next());
        Assert.Equal(0x12, reader.Type);
        Assert.Equal(0, reader.Value.Length);
        Assert.False(reader.Next());
    }

    [Fact]
    public void The_last_attribute_may_lack_its_padding()
    {
        var reader = new AttributeReader([0x05, 0x00, 0x01, 0x00, 0x2a]);
        Assert.True(reader.Next());
        Assert.Equal(42, reader.AsByte());
        Assert.False(reader.Next());
    }

    [Theory]
    [InlineData(new byte[] { 0x04, 0x00 }, 100, "2 bytes are left where an attribute header of 4 was expected")]
    [InlineData(new byte[] { 0x03, 0x00, 0x07, 0x00 }, 100, "attribute 7 says it is 3 bytes long, where 4 to 4 are possible")]
    [InlineData(new byte[] { 0x00, 0x00, 0x07, 0x00 }, 100, "attribute 7 says it is 0 bytes long")]
    [InlineData(new byte[] { 0x09, 0x00, 0x07, 0x00, 0, 0, 0, 0 }, 100, "attribute 7 says it is 9 bytes long, where 4 to 8 are possible")]
    [InlineData(new byte[] { 0x04, 0x00, 0x07, 0x00, 0xff, 0xff, 0x08, 0x00 }, 104, "attribute 8 says it is 65535 bytes long, where 4 to 4 are possible")]
    public void A_malformed_container_is_an_error_with_the_offset(byte[] container, int offset, string detail)
    {
        var error = Assert.Throws<NetlinkException>(() =>
        {
            var reader = new AttributeReader(container, 100);
            while (reader.Next())
            {
            }
        });
        Assert.Equal(offset, error.Offset);
        Assert.Equal("EBADMSG", error.ErrnoName);
        Assert.Contains(detail, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_shorter_than_its_type_is_an_error_with_the_offset()
    {
        var error = Assert.Throws<NetlinkException>(() =>
        {
            var reader = new AttributeReader([0x06, 0x00, 0x04, 0x00, 1, 2, 0, 0], 16);
            reader.Next();
            reader.AsUInt32();
        });
        Assert.Equal(16, error.Offset);
        Assert.Contains("attribute 4 carries 2 bytes where 4 were expected", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_longer_than_its_type_is_read_from_the_front()
    {
        var reader = new AttributeReader([0x08, 0x00, 0x04, 0x00, 7, 0, 0, 0]);
        Assert.True(reader.Next());
        Assert.Equal(7, reader.AsByte());
    }

    [Fact]
    public void Numbers_have_the_byte_order_their_method_says()
    {
        var reader = new AttributeReader([0x0c, 0x00, 0x01, 0x00, 1, 2, 3, 4, 5, 6, 7, 8]);
        Assert.True(reader.Next());
        Assert.Equal(0x0102, reader.AsUInt16BigEndian());
        Assert.Equal(0x01020304u, reader.AsUInt32BigEndian());
        Assert.Equal(BitConverter.ToUInt16([1, 2]), reader.AsUInt16());
        Assert.Equal(BitConverter.ToUInt32([1, 2, 3, 4]), reader.AsUInt32());
        Assert.Equal(BitConverter.ToUInt64([1, 2, 3, 4, 5, 6, 7, 8]), reader.AsUInt64());
    }

    [Fact]
    public void Nested_offsets_count_from_the_message()
    {
        var error = Assert.Throws<NetlinkException>(() =>
        {
            var outer = new AttributeReader([0x0c, 0x00, 0x12, 0x80, 0xff, 0x00, 0x01, 0x00, 1, 0, 0, 0], 32);
            outer.Next();
            var inner = outer.AsNested();
            inner.Next();
        });
        Assert.Equal(36, error.Offset);
    }

    [Theory]
    [InlineData("eth0\0", "eth0")]
    [InlineData("eth0", "eth0")]
    [InlineData("eth0\0junk", "eth0")]
    [InlineData("\0", "")]
    [InlineData("", "")]
    [InlineData("brücke\0", "brücke")]
    public void Text_ends_at_the_first_nul(string value, string expected)
    {
        using var writer = new NetlinkWriter();
        writer.WriteBytes(1, System.Text.Encoding.UTF8.GetBytes(value));
        var reader = new AttributeReader(writer.Written);
        Assert.True(reader.Next());
        Assert.Equal(expected, reader.AsString());
        var known = new string(expected.AsSpan());
        Assert.Same(known, reader.AsString(known));
        Assert.Equal(expected, reader.AsString("something else"));
    }
}
