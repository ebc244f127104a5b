using System.Net;
using NodeAgent.Native.Rtnl;
using Xunit;

namespace NodeAgent.Tests.Unit.Native;

public sealed class AddressValueTests
{
    [Theory]
    [InlineData("02:00:00:00:00:01", 0x020000000001ul)]
    [InlineData("FE-DC-BA-98-76-54", 0xfedcba987654ul)]
    public void A_mac_address_is_parsed_and_printed(string text, ulong value)
    {
        Assert.True(MacAddress.TryParse(text, out var address));
        Assert.Equal(value, address.Value);
        Assert.Equal(text.ToLowerInvariant().Replace('-', ':'), address.ToString());
        Span<byte> bytes = stackalloc byte[6];
        address.CopyTo(bytes);
        Assert.Equal(address, MacAddress.FromBytes(bytes));
    }

    [Theory]
    [InlineData("")]
    [InlineData("02:00:00:00:00")]
    [InlineData("02:00:00:00:00:0g")]
    [InlineData("02:00:00:00:00:01:02")]
    [InlineData("020:0:00:00:00:01")]
    [InlineData("+2:00:00:00:00:01")]
    public void What_is_no_mac_address_is_refused(string text)
    {
        Assert.False(MacAddress.TryParse(text, out _));
        Assert.Throws<FormatException>(() => MacAddress.Parse(text));
    }

    [Fact]
    public void A_link_layer_address_of_another_length_is_null()
    {
        Assert.Null(MacAddress.FromBytes([]));
        Assert.Null(MacAddress.FromBytes(new byte[20]));
    }

    [Theory]
    [InlineData("10.20.30.1")]
    [InlineData("255.255.255.255")]
    [InlineData("0.0.0.0")]
    [InlineData("fe80::1")]
    [InlineData("::")]
    [InlineData("2001:db8::ff00:42:8329")]
    public void An_ip_address_is_the_same_as_the_librarys(string text)
    {
        Assert.True(InetAddress.TryParse(text, out var address));
        Assert.Equal(text, address.ToString());
        Assert.Equal(IPAddress.Parse(text), address.ToIPAddress());
        Assert.Equal(address, InetAddress.FromIPAddress(IPAddress.Parse(text)));
        Assert.Equal(address, InetAddress.FromBytes(IPAddress.Parse(text).GetAddressBytes()));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("10")]
    [InlineData("10.20.30")]
    [InlineData("10.20.30.256")]
    [InlineData("fe80::1%eth0")]
    [InlineData("fe80:::1")]
    public void What_is_no_ip_address_is_refused(string? text) => Assert.False(InetAddress.TryParse(text, out _));

    [Theory]
    [InlineData("10.20.30.7", 16, "10.20.0.0")]
    [InlineData("10.20.30.7", 32, "10.20.30.7")]
    [InlineData("10.20.30.7", 0, "0.0.0.0")]
    [InlineData("2001:db8:ffff::1", 33, "2001:db8:8000::")]
    [InlineData("2001:db8::ffff:ffff:1", 100, "2001:db8::ffff:f000:0")]
    [InlineData("2001:db8::1", 64, "2001:db8::")]
    [InlineData("2001:db8::1", 128, "2001:db8::1")]
    [InlineData("2001:db8::1", 0, "::")]
    public void A_mask_clears_what_is_behind_the_prefix(string address, int length, string expected) =>
        Assert.Equal(InetAddress.Parse(expected), InetAddress.Parse(address).Mask(length));
}
