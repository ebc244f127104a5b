using Grpc.Wire;
using Xunit;

namespace NodeAgent.Tests.Unit.Grpc;

/// <summary>Timeouts, percent encoding and base64, as they stand in headers.</summary>
public sealed class WireTests
{
    [Theory]
    [InlineData("1H", 3_600_000)]
    [InlineData("2M", 120_000)]
    [InlineData("3S", 3_000)]
    [InlineData("4m", 4)]
    [InlineData("5000u", 5)]
    [InlineData("6000000n", 6)]
    [InlineData("0S", 0)]
    [InlineData("00000007S", 7_000)]
    [InlineData("99999999H", 99_999_999L * 3_600_000)]
    public void Timeouts_are_read(string text, long milliseconds)
    {
        Assert.True(GrpcTimeout.TryParse(text, out var timeout));
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), timeout);
    }

    [Fact]
    public void A_timeout_below_the_clock_is_not_rounded_to_nothing()
    {
        Assert.True(GrpcTimeout.TryParse("1n", out var timeout));
        Assert.Equal(TimeSpan.FromTicks(1), timeout);
    }

    [Theory]
    [InlineData("")]
    [InlineData("S")]
    [InlineData("1")]
    [InlineData("1s")]
    [InlineData("-1S")]
    [InlineData("+1S")]
    [InlineData("1.5S")]
    [InlineData(" 1S")]
    [InlineData("1S ")]
    [InlineData("123456789S")]
    [InlineData("١S")]
    public void What_is_no_timeout_is_refused(string text) => Assert.False(GrpcTimeout.TryParse(text, out _));

    [Theory]
    [InlineData(0, "0u")]
    [InlineData(1, "1u")]
    [InlineData(10, "1u")]
    [InlineData(11, "2u")]
    [InlineData(10_000_000, "1000000u")]
    [InlineData(3600L * 10_000_000, "3600000m")]
    [InlineData(-5, "0u")]
    public void Timeouts_are_written_in_the_finest_unit_that_holds_them(long ticks, string text) => Assert.Equal(text, GrpcTimeout.Format(TimeSpan.FromTicks(ticks)));

    [Fact]
    public void A_timeout_that_was_written_is_read_as_no_less()
    {
        var random = new Random(11);
        for (var i = 0; i < 10_000; i++)
        {
            var timeout = TimeSpan.FromTicks(random.NextInt64(1, 1L << random.Next(1, 61)));
            Assert.True(GrpcTimeout.TryParse(GrpcTimeout.Format(timeout), out var read));
            Assert.InRange(read, timeout, timeout + (timeout / 1_000) + TimeSpan.FromMicroseconds(1));
        }
    }

    [Theory]
    [InlineData("plain text, and ~!", "plain text, and ~!")]
    [InlineData("100 %", "100 %25")]
    [InlineData("a\r\nb\0", "a%0D%0Ab%00")]
    [InlineData("größer €", "gr%C3%B6%C3%9Fer %E2%82%AC")]
    [InlineData("", "")]
    public void Messages_are_percent_encoded(string text, string encoded)
    {
        Assert.Equal(encoded, PercentEncoding.Encode(text));
        Assert.Equal(text, PercentEncoding.Decode(encoded));
    }

    [Theory]
    [InlineData("%", "%")]
    [InlineData("%4", "%4")]
    [InlineData("%zz", "%zz")]
    [InlineData("%e2%82%ac", "€")]
    [InlineData("%FF", "\ufffd")]
    [InlineData("50% off", "50% off")]
    public void No_message_is_too_broken_to_be_shown(string encoded, string text) => Assert.Equal(text, PercentEncoding.Decode(encoded));

    [Fact]
    public void Any_text_comes_back_from_its_encoding()
    {
        var random = new Random(12);
        for (var i = 0; i < 2_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(40)).Select(_ => char.ConvertFromUtf32(random.Next(2) == 0 ? random.Next(0x80) : random.Next(0xe000, 0x10ffff))));
            var encoded = PercentEncoding.Encode(text);
            Assert.DoesNotContain(encoded, character => character is < ' ' or > '~');
            Assert.Equal(text, PercentEncoding.Decode(encoded));
        }
    }

    [Theory]
    [InlineData("", new byte[0])]
    [InlineData("AA", new byte[] { 0 })]
    [InlineData("AA==", new byte[] { 0 })]
    [InlineData("AAE", new byte[] { 0, 1 })]
    [InlineData("AAE=", new byte[] { 0, 1 })]
    [InlineData("AAEC", new byte[] { 0, 1, 2 })]
    [InlineData(" //8 ", new byte[] { 255, 255 })]
    public void Binary_values_are_read_with_and_without_padding(string text, byte[] value)
    {
        Assert.True(BinaryHeader.TryDecode(text, out var read));
        Assert.Equal(value, read);
    }

    [Theory]
    [InlineData("A")]
    [InlineData("AAAAA")]
    [InlineData("A-_A")]
    [InlineData("ä===")]
    public void What_is_no_base64_is_refused(string text) => Assert.False(BinaryHeader.TryDecode(text, out _));

    [Fact]
    public void Binary_values_are_written_without_padding()
    {
        for (var length = 0; length < 700; length++)
        {
            var value = new byte[length];
            new Random(length).NextBytes(value);
            var text = BinaryHeader.Encode(value);
            Assert.DoesNotContain('=', text);
            Assert.True(BinaryHeader.TryDecode(text, out var read));
            Assert.Equal(value, read);
        }
    }
}
