using System.Globalization;
using System.Text;
using NodeAgent.Files;
using NodeAgent.Migration.Guests.Parsing;
using NodeAgent.Migration.Model;
using NodeAgent.Native.Linux;

namespace NodeAgent.Migration.Guests.Reading;

/// <summary>The files of one process in /proc.</summary>
internal static class ProcessFiles
{
    private const int MostStatBytes = 4096;
    private const int MostNameBytes = 64;
    private const int MostPathBytes = 4096;

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
        error = $"{path}: expected the status of a process, found \"{HostText.Shorten(Encoding.UTF8.GetString(bytes))}\"";
        return null;
    }

    /// <summary>The pid still belongs to this process, which runs or is a zombie.</summary>
    public static bool IsStill(HostPaths paths, GuestProcess guest) => Stat(paths, guest.Pid, out _) is { } stat && stat.StartTicks == guest.StartTicks;

    /// <summary>A process that has just begun to run a program has the program's name; it may be QEMU's.</summary>
    public static bool IsNamedQemu(HostPaths paths, int pid) =>
        HostFile.ReadBytes($"{Folder(paths, pid)}/comm", MostNameBytes, out _) is { } name && QemuName.IsMachine(name.AsSpan().TrimEnd((byte)'\n'));

    /// <summary>It runs QEMU, whatever it calls itself (-name process=…). Where the program cannot be seen its name has to do; false also where it is gone or hidden.</summary>
    public static bool IsQemu(HostPaths paths, int pid)
    {
        Span<byte> program = stackalloc byte[MostPathBytes];
        var length = Unistd.ReadLink($"{Folder(paths, pid)}/exe", program);
        // A script that starts QEMU may have its name. What runs in the script's stead tells of itself later.
        return length > 0 ? QemuName.IsMachine(QemuName.OfPath(program[..length])) : IsNamedQemu(paths, pid);
    }
}
