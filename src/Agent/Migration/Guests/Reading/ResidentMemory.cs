using NodeAgent.Files;
using NodeAgent.Migration.Model;

namespace NodeAgent.Migration.Guests.Reading;

/// <summary>How much memory of a guest's process is there: no more of the guest's can be other than zeros.</summary>
internal static class ResidentMemory
{
    private const int MostBytes = 16 << 10;

    /// <summary>VmRSS and HugetlbPages of /proc/PID/status in bytes: https://man7.org/linux/man-pages/man5/proc_pid_status.5.html. Null: not known.</summary>
    public static long? Of(HostPaths paths, GuestProcess guest)
    {
        var status = HostFile.Read($"{ProcessFiles.Folder(paths, guest.Pid)}/status", MostBytes);
        return status.IsFound && ProcessFiles.IsStill(paths, guest) ? OfStatus(status.Text) : null;
    }

    /// <summary>The same of the file's text.</summary>
    public static long? OfStatus(string text)
    {
        long? bytes = null;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (!line.StartsWith("VmRSS:") && !line.StartsWith("HugetlbPages:")) continue;
            var value = line[(line.IndexOf(':') + 1)..].Trim();
            if (value.EndsWith(" kB") && long.TryParse(value[..^3], out var kibibytes) && kibibytes is >= 0 and < 1L << 50) bytes = (bytes ?? 0) + (kibibytes << 10);
        }

        return bytes;
    }
}
