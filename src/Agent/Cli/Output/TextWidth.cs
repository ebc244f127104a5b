using System.Globalization;
using System.Text;

namespace NodeAgent.Cli;

/// <summary>How many columns of a terminal text takes: none for marks that combine, two for wide characters.</summary>
internal static class TextWidth
{
    // East Asian wide and fullwidth, and pictures: the blocks, not each exception in them (Unicode, EastAsianWidth.txt).
    private static readonly (int First, int Last)[] s_wide =
    [
        (0x1100, 0x115F), (0x2E80, 0x303E), (0x3041, 0x33FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xA000, 0xA4CF), (0xA960, 0xA97F), (0xAC00, 0xD7A3),
        (0xF900, 0xFAFF), (0xFE30, 0xFE6F), (0xFF00, 0xFF60), (0xFFE0, 0xFFE6), (0x1F300, 0x1F64F), (0x1F680, 0x1F6FF), (0x1F900, 0x1F9FF), (0x20000, 0x3FFFD),
    ];

    public static int Of(string text)
    {
        if (Ascii.IsValid(text)) return text.Length;
        var columns = 0;
        foreach (var rune in text.EnumerateRunes()) columns += Of(rune);
        return columns;
    }

    /// <summary>At most so many columns, an ellipsis where something was cut off.</summary>
    public static string Cut(string text, int columns) => Of(text) <= columns ? text : text[..Fitting(text, columns - 1, atLeast: 0)] + "…";

    /// <summary>How many chars fit; at least one character.</summary>
    public static int Fitting(string text, int columns) => Fitting(text, columns, atLeast: 1);

    private static int Fitting(string text, int columns, int atLeast)
    {
        var (length, used) = (0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            used += Of(rune);
            if (used > columns && length >= atLeast) break;
            length += rune.Utf16SequenceLength;
        }

        return length;
    }

    private static int Of(Rune rune)
    {
        if (rune.Value < 0x300) return 1;
        if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark) return 0;
        foreach (var (first, last) in s_wide)
        {
            if (rune.Value >= first && rune.Value <= last) return 2;
        }

        return 1;
    }
}
