using System.Globalization;
using NodeAgent.Kvm.Model;

namespace NodeAgent.Kvm.Reading;

/// <summary>Hugepages, from /sys/kernel/mm/hugepages and each node's: https://docs.kernel.org/admin-guide/mm/hugetlbpage.html.</summary>
internal static class HugepageReader
{
    private const string Prefix = "hugepages-";
    private const string Suffix = "kB";

    public static List<HugepagePool> Read(HostPaths paths, UnreadFiles files)
    {
        var pools = new List<HugepagePool>();
        Add(pools, Path.Combine(paths.Sys, "kernel/mm/hugepages"), null, files);
        foreach (var node in NumaReader.Ids(paths, files)) Add(pools, Path.Combine(NumaReader.FolderOf(paths, node), "hugepages"), node, files);
        pools.Sort(static (a, b) => a.SizeBytes != b.SizeBytes ? a.SizeBytes.CompareTo(b.SizeBytes) : (a.NumaNode ?? -1).CompareTo(b.NumaNode ?? -1));
        return pools;
    }

    private static void Add(List<HugepagePool> pools, string folder, int? node, UnreadFiles files)
    {
        foreach (var name in files.Names(folder))
        {
            if (SizeOf(name) is not { } size) continue;
            var pool = Path.Combine(folder, name);
            if (files.Number(Path.Combine(pool, "nr_hugepages")) is not { } total || files.Number(Path.Combine(pool, "free_hugepages")) is not { } free) continue;
            var reserved = node is null ? files.Number(Path.Combine(pool, "resv_hugepages")) : null;
            pools.Add(new HugepagePool(size, node, total, free, reserved, files.Number(Path.Combine(pool, "surplus_hugepages"))));
        }
    }

    // "hugepages-2048kB"
    private static long? SizeOf(string name) =>
        name.StartsWith(Prefix, StringComparison.Ordinal) && name.EndsWith(Suffix, StringComparison.Ordinal) && name.Length > Prefix.Length + Suffix.Length
        && int.TryParse(name.AsSpan(Prefix.Length, name.Length - Prefix.Length - Suffix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var kib)
            ? kib * 1024L
            : null;
}
