using System.Globalization;
using Xunit;

namespace NodeAgent.Tests.Fuzz.Native;

public sealed unsafe class GuardedBufferTests
{
    [Fact]
    public void An_input_ends_where_reading_is_forbidden()
    {
        using var buffer = new GuardedBuffer(Path.Combine(AppContext.BaseDirectory, "guard-test"), 10_000);
        var input = buffer.Place([1, 2, 3]);
        fixed (byte* start = input)
            Assert.Equal(buffer.End, (nuint)start + 3);
        Assert.Equal([1, 2, 3], input.ToArray());

        var behind = File.ReadLines("/proc/self/maps").Single(line => Covers(line, buffer.End)).Split(' ')[1];
        Assert.Equal("---p", behind);
        var before = File.ReadLines("/proc/self/maps").Single(line => Covers(line, buffer.End - 1)).Split(' ')[1];
        Assert.Equal("rw-s", before);
    }

    private static bool Covers(string line, nuint address)
    {
        var range = line.Split(' ')[0].Split('-');
        return nuint.Parse(range[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture) <= address
            && address < nuint.Parse(range[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }
}
