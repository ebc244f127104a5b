using System.Globalization;
using NodeAgent.Doctor.Facts;
using NodeAgent.Files;

namespace NodeAgent.Doctor.Reading;

/// <summary>/proc/meminfo and /proc/swaps (proc_meminfo(5), proc_swaps(5))</summary>
internal static class MemoryReader
{
    public static MemoryFacts Read(HostPaths paths)
    {
        var file = Path.Combine(paths.Proc, "meminfo");
        var reading = HostFile.Read(file);
        return new MemoryFacts(Line(reading, file, "MemTotal"), Line(reading, file, "SwapTotal"), Swaps(paths));
    }

    // "MemTotal:       24684092 kB"
    private static Known<long> Line(HostReading reading, string file, string name)
    {
        if (!reading.IsFound) return new Known<long>(0, false, reading.Error);
        foreach (var line in reading.Text.AsSpan().EnumerateLines())
        {
            if (!line.StartsWith(name, StringComparison.Ordinal) || line.Length <= name.Length || line[name.Length] != ':') continue;
            var value = line[(name.Length + 1)..].Trim();
            if (!value.EndsWith(" kB", StringComparison.Ordinal)) break;
            if (!long.TryParse(value[..^3], NumberStyles.None, CultureInfo.InvariantCulture, out var kilobytes) || kilobytes > long.MaxValue / 1024) break;
            return Known<long>.Of(kilobytes * 1024);
        }

        return Known<long>.Failed($"{file}: has no line \"{name}: NUMBER kB\"");
    }

    // A line of titles, then a line for each: name, type, size, used, priority.
    private static List<string> Swaps(HostPaths paths)
    {
        var names = new List<string>();
        foreach (var line in (HostFile.Read(Path.Combine(paths.Proc, "swaps")).Text ?? "").Split('\n').Skip(1))
        {
            if (line.StartsWith('/')) names.Add(line.Split(' ', '\t')[0]);
        }

        return names;
    }
}
