using System.Globalization;
using System.IO.Enumeration;
using NodeAgent.Files;

namespace NodeAgent.Metrics.Process;

/// <summary>https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html and its neighbours.</summary>
internal static class ProcFiles
{
    // USER_HZ: what the kernel tells user space in, whatever its own tick is.
    private const double TicksPerSecond = 100;

    /// <exception cref="IOException">/proc cannot be read.</exception>
    /// <exception cref="FormatException">It is not as the kernel writes it.</exception>
    public static ProcessSample ReadSelf(string self)
    {
        var reading = HostFile.Read(Path.Combine(self, "stat"));
        if (!reading.IsFound) throw new IOException(reading.Error ?? $"{self}/stat: there is no such file");
        // The name is in parentheses and may hold anything; field 3 comes after the last of them.
        var fields = reading.Text[(reading.Text.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length < 22) throw new FormatException($"{self}/stat has {fields.Length + 2} fields where at least 24 were expected");
        return new ProcessSample(
            CpuSeconds: (Field(14) + Field(15)) / TicksPerSecond,
            StartedAfterBoot: Field(22) / TicksPerSecond,
            Threads: Field(20),
            VirtualBytes: Field(23),
            ResidentBytes: Field(24) * Environment.SystemPageSize,
            Descriptors: CountDescriptors(Path.Combine(self, "fd")));

        long Field(int number) => long.TryParse(fields[number - 3], NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : throw new FormatException($"{self}/stat: expected a number as field {number}, found \"{HostText.Shorten(fields[number - 3])}\"");
    }

    /// <summary>Unix time of the boot; NaN where it is not told.</summary>
    public static double BootTime(string proc)
    {
        var line = Line(Path.Combine(proc, "stat"), "btime ");
        return double.TryParse(line.AsSpan(Math.Min(line.Length, 6)), NumberStyles.None, CultureInfo.InvariantCulture, out var time) ? time : double.NaN;
    }

    /// <summary>The soft limit of open files; NaN where there is none, or it is not told.</summary>
    public static double MaxDescriptors(string self)
    {
        var soft = Line(Path.Combine(self, "limits"), "Max open files").Split(' ', StringSplitOptions.RemoveEmptyEntries).ElementAtOrDefault(3);
        return double.TryParse(soft, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) ? limit : double.NaN;
    }

    // "" where there is none.
    private static string Line(string file, string start)
    {
        foreach (var line in HostFile.Read(file).Text.AsSpan().EnumerateLines())
        {
            if (line.StartsWith(start, StringComparison.Ordinal)) return line.ToString();
        }

        return "";
    }

    // Without the one that reads the folder.
    private static int CountDescriptors(string folder)
    {
        var count = 0;
        foreach (var _ in new FileSystemEnumerable<bool>(folder, static (ref FileSystemEntry _) => true)) count++;
        return count - 1;
    }
}
