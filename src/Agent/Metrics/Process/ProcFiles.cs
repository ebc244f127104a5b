using System.Globalization;
using System.IO.Enumeration;

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
        var text = File.ReadAllText(Path.Combine(self, "stat"));
        // The name is in parentheses and may hold anything; field 3 comes after the last of them.
        var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        if (fields.Length < 22) throw new FormatException($"{self}/stat has {fields.Length + 2} fields where at least 24 were expected");
        return new ProcessSample(
            CpuSeconds: (Field(14) + Field(15)) / TicksPerSecond,
            StartedAfterBoot: Field(22) / TicksPerSecond,
            Threads: Field(20),
            VirtualBytes: Field(23),
            ResidentBytes: Field(24) * Environment.SystemPageSize,
            Descriptors: CountDescriptors(Path.Combine(self, "fd")));

        long Field(int number) => long.Parse(fields[number - 3], CultureInfo.InvariantCulture);
    }

    /// <summary>Unix time of the boot; NaN where it is not told.</summary>
    public static double BootTime(string proc)
    {
        try
        {
            var line = File.ReadLines(Path.Combine(proc, "stat")).FirstOrDefault(l => l.StartsWith("btime ", StringComparison.Ordinal));
            return line is null ? double.NaN : double.Parse(line.AsSpan(6), CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            return double.NaN;
        }
    }

    /// <summary>The soft limit of open files; NaN where there is none, or it is not told.</summary>
    public static double MaxDescriptors(string self)
    {
        try
        {
            var line = File.ReadLines(Path.Combine(self, "limits")).FirstOrDefault(l => l.StartsWith("Max open files", StringComparison.Ordinal));
            var soft = line?.Split(' ', StringSplitOptions.RemoveEmptyEntries).ElementAtOrDefault(3);
            return double.TryParse(soft, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) ? limit : double.NaN;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return double.NaN;
        }
    }

    // Without the one that reads the folder.
    private static int CountDescriptors(string folder)
    {
        var count = 0;
        foreach (var _ in new FileSystemEnumerable<bool>(folder, static (ref FileSystemEntry _) => true)) count++;
        return count - 1;
    }
}
