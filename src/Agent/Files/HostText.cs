using System.Globalization;
using System.Text;

namespace NodeAgent.Files;

/// <summary>What the kernel writes into its files.</summary>
public static class HostText
{
    private const int ShownCharacters = 40;

    /// <summary>"17", "-1", "0x20"</summary>
    public static bool TryNumber(ReadOnlySpan<char> text, out long value)
    {
        text = text.Trim();
        if (!text.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
            return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
        var parsed = ulong.TryParse(text[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var bits);
        value = (long)bits;
        return parsed;
    }

    /// <summary>For an error message: one line, its beginning, without control characters.</summary>
    public static string Shorten(string text)
    {
        var shown = new StringBuilder();
        foreach (var c in text)
        {
            if (shown.Length == ShownCharacters) return shown.Append('…').ToString();
            shown.Append(char.IsControl(c) ? '.' : c);
        }

        return shown.ToString();
    }
}
