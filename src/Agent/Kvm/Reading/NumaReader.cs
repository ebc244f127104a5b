using System.Globalization;
using NodeAgent.Kvm.Model;

namespace NodeAgent.Kvm.Reading;

/// <summary>NUMA nodes, from /sys/devices/system/node.</summary>
internal static class NumaReader
{
    private const string Prefix = "node";

    public static List<NumaNode> Read(HostPaths paths, UnreadFiles files)
    {
        var nodes = new List<NumaNode>();
        foreach (var id in Ids(paths, files))
        {
            var folder = FolderOf(paths, id);
            var memory = files.Text(Path.Combine(folder, "meminfo"));
            nodes.Add(new NumaNode(id, files.Text(Path.Combine(folder, "cpulist")), Field(memory, "MemTotal:"), Field(memory, "MemFree:"), files.Text(Path.Combine(folder, "distance"))));
        }

        return nodes;
    }

    /// <summary>In order.</summary>
    public static List<int> Ids(HostPaths paths, UnreadFiles files)
    {
        var ids = new List<int>();
        foreach (var name in files.Names(Path.Combine(paths.Sys, "devices/system/node")))
        {
            if (name.StartsWith(Prefix, StringComparison.Ordinal) && int.TryParse(name.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var id)) ids.Add(id);
        }

        ids.Sort();
        return ids;
    }

    public static string FolderOf(HostPaths paths, int id) => Path.Combine(paths.Sys, "devices/system/node", string.Create(CultureInfo.InvariantCulture, $"{Prefix}{id}"));

    // "Node 0 MemTotal:       16384256 kB"
    private static long? Field(string? text, string name)
    {
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            var at = line.IndexOf(name, StringComparison.Ordinal);
            if (at < 0) continue;
            var value = line[(at + name.Length)..].Trim();
            if (value.EndsWith("kB", StringComparison.Ordinal) && long.TryParse(value[..^2].TrimEnd(), NumberStyles.None, CultureInfo.InvariantCulture, out var kib) && kib < long.MaxValue / 1024)
                return kib * 1024;
        }

        return null;
    }
}
