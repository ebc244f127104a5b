using System.Globalization;
using System.Text;

namespace NodeAgent.Network.Spec.Writing;

/// <summary>A text as YAML: plain where every reader, of YAML 1.1 or 1.2, takes it for the same text; in double quotes otherwise.</summary>
internal static class YamlScalarText
{
    public static string Of(string text) => IsPlain(text) ? text : Quoted(text);

    private static bool IsPlain(string text)
    {
        if (text.Length == 0 || !(char.IsAsciiLetterOrDigit(text[0]) || text[0] is '_' or '/') || text[^1] is ':' or ' ') return false;
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsAsciiLetterOrDigit(text[i]) || text[i] is '_' or '.' or '/' or '-' or '+' or ':' or '@' or '(' or ')') continue;
            if (text[i] != ' ' || text[i - 1] is ':' or ' ') return false;
        }

        return !IsWord(text) && !IsNumber(text);
    }

    private static bool IsWord(string text) => text.Length <= 5 && text.ToLowerInvariant() is "true" or "false" or "yes" or "no" or "on" or "off" or "y" or "n" or "null";

    /// <summary>Digits, hexadecimal (0x1f), exponents (1e3), base 60 (12:30) and dates are numbers to some reader; an IPv4 address is to none.</summary>
    private static bool IsNumber(string text)
    {
        if (!char.IsAsciiDigit(text[0])) return false;
        if (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) || text.StartsWith("0o", StringComparison.OrdinalIgnoreCase)) return true;
        if (text.Count(c => c == '.') > 1 || text.Contains('/', StringComparison.Ordinal)) return false;
        return text.All(c => char.IsAsciiDigit(c) || c is '.' or '_' or ':' or '-' or '+' or 'e' or 'E' or ' ');
    }

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            switch (c)
            {
                case '"' or '\\':
                    quoted.Append('\\').Append(c);
                    break;
                case '\n':
                    quoted.Append("\\n");
                    break;
                case '\t':
                    quoted.Append("\\t");
                    break;
                case < ' ' or (>= '\x7F' and <= '\xA0') or '\u2028' or '\u2029' or '\uFEFF':
                    quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
                    break;
                default:
                    quoted.Append(c);
                    break;
            }
        }

        return quoted.Append('"').ToString();
    }
}
