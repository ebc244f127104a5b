using NodeAgent.Config;
using Xunit;

namespace NodeAgent.Tests.Unit.Config;

public sealed class QuantitiesTests
{
    [Theory]
    [InlineData("24GB", 24_000_000_000, "24GB")]
    [InlineData("24 GiB", 25_769_803_776, "24GiB")]
    [InlineData("1.5TB", 1_500_000_000_000, "1500GB")]
    [InlineData("512mb", 512_000_000, "512MB")]
    public void Bytes(string text, long bytes, string shown)
    {
        Assert.True(Quantities.TryBytes(text, out var read));
        Assert.Equal(bytes, read);
        Assert.Equal(shown, Quantities.Bytes(read));
    }

    [Theory]
    [InlineData("10Gbps", 10_000_000_000, "10Gbps")]
    [InlineData("2.5 Gbps", 2_500_000_000, "2500Mbps")]
    [InlineData("0.1Tbps", 100_000_000_000, "100Gbps")]
    public void Rates(string text, long rate, string shown)
    {
        Assert.True(Quantities.TryRate(text, out var read));
        Assert.Equal(rate, read);
        Assert.Equal(shown, Quantities.Rate(read));
    }

    [Theory]
    [InlineData("")]
    [InlineData("GB")]
    [InlineData("24")]
    [InlineData("-1GB")]
    [InlineData("0GB")]
    [InlineData("1e3GB")]
    [InlineData("99999999999999999999GB")]
    [InlineData("10000000000TB")]
    [InlineData("24 Gbps")]
    public void What_is_no_amount(string text) => Assert.False(Quantities.TryBytes(text, out _));
}
