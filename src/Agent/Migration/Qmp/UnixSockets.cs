using System.Globalization;

namespace NodeAgent.Migration.Qmp;

/// <summary>/proc/PID/net/unix: the unix sockets of a process' network namespace. https://man7.org/linux/man-pages/man5/proc_pid_net.5.html</summary>
internal static class UnixSockets
{
    /// <summary>__SO_ACCEPTCON: it listens.</summary>
    private const int Listens = 0x10000;

    private const int FlagsField = 3;
    private const int PathField = 7;

    /// <summary>Whether somebody is connected, or waits to be, to the socket that listens at a path: the end of the one who listens has that path too.</summary>
    /// <param name="table">The whole file, line by line.</param>
    /// <param name="path">As the one who listens bound it.</param>
    public static bool IsTaken(IEnumerable<string> table, string path)
    {
        foreach (var line in table)
        {
            if (!line.EndsWith(path, StringComparison.Ordinal)) continue;
            var fields = line.Split(' ', PathField + 1, StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length <= PathField || fields[PathField] != path) continue;
            if (int.TryParse(fields[FlagsField], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var flags) && (flags & Listens) == 0) return true;
        }

        return false;
    }
}
