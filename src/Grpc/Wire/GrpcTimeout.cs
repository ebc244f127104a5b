using System.Globalization;

namespace Grpc.Wire;

/// <summary>The header <c>grpc-timeout</c>: one to eight digits and a unit.</summary>
internal static class GrpcTimeout
{
    private const long MaxValue = 99_999_999;

    private static readonly (char Unit, long Nanoseconds)[] Units =
    [
        ('n', 1),
        ('u', 1_000),
        ('m', 1_000_000),
        ('S', 1_000_000_000),
        ('M', 60_000_000_000),
        ('H', 3_600_000_000_000),
    ];

    /// <summary>Reads a timeout; what is too long for a TimeSpan's 100 ns is rounded up, never down to zero.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out TimeSpan timeout)
    {
        timeout = default;
        if (text.Length is < 2 or > 9 || text[..^1].ContainsAnyExceptInRange('0', '9'))
            return false;

        var value = long.Parse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture);
        foreach (var (unit, nanoseconds) in Units)
        {
            if (unit != text[^1])
                continue;
            timeout = TimeSpan.FromTicks(unit == 'n' ? (value + 99) / 100 : value * (nanoseconds / 100));
            return true;
        }

        return false;
    }

    /// <summary>In the finest unit whose digits suffice, rounded up.</summary>
    public static string Format(TimeSpan timeout)
    {
        foreach (var (unit, nanoseconds) in Units.AsSpan(1))
        {
            var ticks = nanoseconds / 100;
            var value = (Math.Max(timeout.Ticks, 0) / ticks) + (timeout.Ticks > 0 && timeout.Ticks % ticks != 0 ? 1 : 0);
            if (value <= MaxValue)
                return string.Create(CultureInfo.InvariantCulture, $"{value}{unit}");
        }

        return "99999999H";
    }
}
