using System.Globalization;
using NodeAgent.Files;
using NodeAgent.Migration.Guests.Parsing;
using NodeAgent.Migration.Model;

namespace NodeAgent.Migration.Guests.Reading;

/// <summary>The files of one process in /proc.</summary>
internal static class ProcessFiles
{
    private const int MostStatBytes = 4096;

    public static string Folder(HostPaths paths, int pid) => string.Create(CultureInfo.InvariantCulture, $"{paths.Proc}/{pid}");

    /// <summary>Null where there is no such process, and where it cannot be read, which <paramref name="error"/> tells apart.</summary>
    public static ProcessStat? Stat(HostPaths paths, int pid, out string? error)
    {
        var path = $"{Folder(paths, pid)}/stat";
        if (HostFile.ReadBytes(path, MostStatBytes, out error) is not { } bytes)
        {
            // The file was open when its process went.
            if (error?.Contains("ESRCH", StringComparison.Ordinal) is true) error = null;
            return null;
        }

        if (ProcessStat.TryParse(bytes, out var stat)) return stat;
        error = $"{path}: expected the status of a process, found \"{HostText.Shorten(System.Text.Encoding.UTF8.GetString(bytes))}\"";
        return null;
    }

    /// <summary>The pid still belongs to this process, which runs or is a zombie.</summary>
    public static bool IsStill(HostPaths paths, GuestProcess guest) => Stat(paths, guest.Pid, out _) is { } stat && stat.StartTicks == guest.StartTicks;
}
