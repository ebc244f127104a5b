using System.Text;
using NodeAgent.Network.Model;

namespace NodeAgent.Network.Spec.Yaml;

/// <summary>What must be right with a document's characters before anything is parsed.</summary>
internal static class TextCheck
{
    private const char ByteOrderMark = '\uFEFF';

    /// <summary>The first thing wrong with the text, or null.</summary>
    public static SpecError? Problem(string file, string text)
    {
        if (text.Length > YamlLimits.MaxBytes) return TooLong(file);
        // The parser takes a NUL for the end of the text: what follows would be dropped silently.
        var at = text.AsSpan().IndexOfAnyInRange('\0', '\b');
        if (at < 0) at = IndexOfControl(text);
        return at < 0 ? null : new SpecError(Locate(file, text, at), "", $"there is a control character here (U+{(int)text[at]:X4}): is this a text file?");
    }

    /// <summary>Strict UTF-8; null with an error where it is not.</summary>
    public static string? Decode(string file, ReadOnlySpan<byte> bytes, out SpecError? error)
    {
        error = null;
        if (bytes.Length > YamlLimits.MaxBytes)
        {
            error = TooLong(file);
            return null;
        }

        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
        {
            error = new SpecError(new SourceMark(file, 1, 1), "", "the file is UTF-16; save it as UTF-8");
            return null;
        }

        var bad = System.Text.Unicode.Utf8.IsValid(bytes) ? -1 : FirstInvalid(bytes);
        if (bad < 0) return Encoding.UTF8.GetString(bytes);
        var before = Encoding.UTF8.GetString(bytes[..bad]);
        error = new SpecError(Locate(file, before, before.Length), "", $"the byte 0x{bytes[bad]:X2} here is not UTF-8; save the file as UTF-8");
        return null;
    }

    public static string WithoutMark(string text) => text.StartsWith(ByteOrderMark) ? text[1..] : text;

    private static SpecError TooLong(string file) =>
        new(new SourceMark(file, 1, 1), "", $"the document is longer than {YamlLimits.MaxBytes >> 20} MiB ({YamlLimits.MaxBytes} bytes), the most that is read; split it into several policies");

    private static int IndexOfControl(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is < ' ' and not ('\t' or '\n' or '\r') or '\x7F') return i;
        }

        return -1;
    }

    private static int FirstInvalid(ReadOnlySpan<byte> bytes)
    {
        for (var at = 0; at < bytes.Length;)
        {
            if (Rune.DecodeFromUtf8(bytes[at..], out _, out var length) != System.Buffers.OperationStatus.Done) return at;
            at += length;
        }

        return -1;
    }

    private static SourceMark Locate(string file, string text, int at)
    {
        int line = 1, start = 0;
        for (var i = 0; i < at; i++)
        {
            if (text[i] != '\n') continue;
            line++;
            start = i + 1;
        }

        return new SourceMark(file, line, at - start + 1);
    }
}
