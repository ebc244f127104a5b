using System.Buffers;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;

namespace NodeAgent.Logging;

/// <summary>A line for people: time, level, message; in the journal its priority (sd-daemon(3)) and the message, since it keeps the time itself.</summary>
internal static class HumanLine
{
    public static void Prefix(ArrayBufferWriter<byte> line, LogLevel level)
    {
        var span = line.GetSpan(3);
        span[0] = (byte)'<';
        span[1] = (byte)('0' + LogLevels.Priority(level));
        span[2] = (byte)'>';
        line.Advance(3);
    }

    /// <param name="line">Gets the line with its end.</param>
    /// <param name="entry">What is said.</param>
    /// <param name="time">Null: whoever reads dates it.</param>
    public static void Write(ArrayBufferWriter<byte> line, in LogEntry entry, DateTimeOffset? time)
    {
        if (time is { } now)
        {
            now.UtcDateTime.TryFormat(line.GetSpan(32), out var written, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
            line.Advance(written);
            line.Write(Word(entry.Level));
        }

        Text(line, entry.Message);
        if (entry.Exception is { } exception)
        {
            line.Write(": "u8);
            // On a terminal a trace keeps its lines; in the journal they would be entries of their own.
            if (entry.Detailed && time is not null) Encoding.UTF8.GetBytes(exception.ToString(), line);
            else Text(line, entry.Detailed ? exception.ToString() : exception.Message);
        }

        line.Write("\n"u8);
    }

    private static ReadOnlySpan<byte> Word(LogLevel level) => level switch
    {
        LogLevel.Critical => " fatal "u8,
        LogLevel.Error => " error "u8,
        LogLevel.Warning => " warn  "u8,
        LogLevel.Information => " info  "u8,
        _ => " debug "u8,
    };

    // What came from outside may hold line ends and escapes: it stays one line and does nothing to a terminal.
    private static void Text(ArrayBufferWriter<byte> line, string text)
    {
        var start = line.WrittenCount;
        Encoding.UTF8.GetBytes(text, line);
        if (!text.AsSpan().ContainsAnyInRange('\0', '\x1F') && !text.Contains('\x7F', StringComparison.Ordinal)) return;
        var written = System.Runtime.InteropServices.MemoryMarshal.AsMemory(line.WrittenMemory)[start..].Span;
        foreach (ref var one in written)
        {
            if (one is < 0x20 or 0x7F) one = (byte)' ';
        }
    }
}
