using System.Globalization;

namespace NodeAgent.Config;

/// <summary>Amounts of memory and speeds of links as people write them.</summary>
internal static class Quantities
{
    private static readonly (string Unit, long Factor)[] s_bytes =
    [
        ("TB", 1_000_000_000_000), ("GB", 1_000_000_000), ("MB", 1_000_000), ("KB", 1000),
        ("TiB", 1L << 40), ("GiB", 1L << 30), ("MiB", 1L << 20), ("KiB", 1L << 10),
    ];

    private static readonly (string Unit, long Factor)[] s_rates = [("Tbps", 1_000_000_000_000), ("Gbps", 1_000_000_000), ("Mbps", 1_000_000)];

    /// <summary>"24GB", "24 GiB", "1.5TB"</summary>
    public static bool TryBytes(string text, out long bytes) => TryParse(text, s_bytes, out bytes);

    /// <summary>"10Gbps", "2.5 Gbps", "100Mbps": bits per second.</summary>
    public static bool TryRate(string text, out long bitsPerSecond) => TryParse(text, s_rates, out bitsPerSecond);

    /// <summary>In the largest unit that leaves a whole number: "24GB", "1536MiB".</summary>
    public static string Bytes(long bytes) => Exact(bytes, s_bytes) ?? Exact(bytes, s_bytes[4..]) ?? $"{bytes / 1000}KB";

    public static string Rate(long bitsPerSecond) => Exact(bitsPerSecond, s_rates) ?? $"{bitsPerSecond / 1_000_000}Mbps";

    private static string? Exact(long amount, ReadOnlySpan<(string Unit, long Factor)> units)
    {
        foreach (var (unit, factor) in units)
        {
            if (amount != 0 && amount % factor == 0) return string.Create(CultureInfo.InvariantCulture, $"{amount / factor}{unit}");
        }

        return null;
    }

    private static bool TryParse(string text, (string Unit, long Factor)[] units, out long amount)
    {
        foreach (var (unit, factor) in units)
        {
            if (!text.EndsWith(unit, StringComparison.OrdinalIgnoreCase)) continue;
            if (!decimal.TryParse(text.AsSpan(0, text.Length - unit.Length).TrimEnd(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)) break;
            if (number <= 0 || number > long.MaxValue / factor) break;
            amount = (long)(number * factor);
            return amount > 0;
        }

        amount = 0;
        return false;
    }
}
