using System.Buffers.Text;

namespace NodeAgent.Migration.Guests.Parsing;

/// <summary>/proc/PID/stat: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html</summary>
/// <param name="State">'R', 'S', … ; 'Z' and 'X' have ended.</param>
/// <param name="StartTicks">When it started, in clock ticks since boot.</param>
internal readonly record struct ProcessStat(char State, ulong StartTicks)
{
    /// <summary>Field 22, counted from the state, which is field 3.</summary>
    private const int StartField = 19;

    /// <summary>It has ended, and waits for its parent to notice.</summary>
    public bool HasEnded => State is 'Z' or 'X' or 'x';

    /// <summary>"4711 (qemu (a) b) S 1 …": the name may hold anything, so that only its last parenthesis ends it.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out ProcessStat stat)
    {
        stat = default;
        var end = text.LastIndexOf(") "u8);
        if (end < 0) return false;
        var rest = text[(end + 2)..];
        if (rest.IsEmpty) return false;
        var state = (char)rest[0];
        for (var field = 0; field < StartField; field++)
        {
            var space = rest.IndexOf((byte)' ');
            if (space < 0) return false;
            rest = rest[(space + 1)..];
        }

        if (!Utf8Parser.TryParse(rest, out ulong start, out var read) || (read < rest.Length && rest[read] is not ((byte)' ' or (byte)'\n'))) return false;
        stat = new ProcessStat(state, start);
        return true;
    }
}
