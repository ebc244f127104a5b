using System.Globalization;
using System.Text;

namespace NodeAgent;

/// <summary>Text of others (names of guests, words of QEMU) as a terminal may show it: nothing in it moves the cursor, turns the direction of writing, or breaks a line.</summary>
internal static class SafeText
{
    public static string Of(string text)
    {
        if (IsPlain(text)) return text;
        var safe = new StringBuilder(text.Length + 16);
        var rest = text.AsSpan();
        while (rest.Length > 0)
        {
            var known = Rune.DecodeFromUtf16(rest, out var rune, out var length) == System.Buffers.OperationStatus.Done;
            if (!known) Escape(safe, rest[0]);
            else if (IsHarmless(rune)) safe.Append(rest[..length]);
            else Escape(safe, rune.Value);
            rest = rest[length..];
        }

        return safe.ToString();
    }

    private static bool IsPlain(string text)
    {
        foreach (var c in text)
        {
            if (c is < ' ' or > '~' or '\\') return false;
        }

        return true;
    }

    // A backslash too: what an escape stands for must be told from what is really there.
    private static bool IsHarmless(Rune rune) => rune.Value != '\\' && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);

    private static void Escape(StringBuilder safe, int value) => safe.Append(value switch
    {
        '\\' => @"\\",
        '\n' => @"\n",
        '\r' => @"\r",
        '\t' => @"\t",
        < 0x100 => string.Create(CultureInfo.InvariantCulture, $"\\x{value:x2}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"\\u{{{value:x4}}}"),
    });
}
