using System.Globalization;

namespace NodeAgent.Migration.Guests.Parsing;

/// <summary>Sizes and counts as QEMU's command line has them (util/cutils.c, qemu_strtosz).</summary>
internal static class QemuSize
{
    private const string Suffixes = "BKMGTPE";

    /// <summary>"4096", "4096M", "1.5G", "0x1000k": bytes; null where it is none, or more than there can be.</summary>
    /// <param name="text">As on the command line.</param>
    /// <param name="unit">Of a number without a suffix, in bytes.</param>
    public static long? Parse(ReadOnlySpan<char> text, long unit)
    {
        if (text.IsEmpty) return null;
        var suffix = Suffixes.IndexOf(char.ToUpperInvariant(text[^1]));
        var hex = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        if (suffix >= 0 && !(hex && char.IsAsciiHexDigit(text[^1])))
        {
            unit = 1L << (10 * suffix);
            text = text[..^1];
        }

        if (hex) return long.TryParse(text[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var bits) ? Times(bits, unit) : null;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var whole)) return Times(whole, unit);
        if (!double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var fraction)) return null;
        var bytes = fraction * unit;
        return bytes < long.MaxValue ? (long)bytes : null;
    }

    /// <summary>A number of things: 1 to 1,048,576.</summary>
    public static int? Count(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is > 0 and <= 1 << 20 ? count : null;

    private static long? Times(long count, long unit) => count >= 0 && count <= long.MaxValue / unit ? count * unit : null;
}
