using NodeAgent.Kvm.Model;

namespace NodeAgent.Kvm.Reading;

/// <summary>The IOMMU, from /sys/class/iommu, /sys/kernel/iommu_groups and the kernel's command line.</summary>
internal static class IommuReader
{
    public static IommuFacts Read(HostPaths paths, UnreadFiles files)
    {
        var before = files.Errors.Count;
        var groups = files.Names(Path.Combine(paths.Sys, "kernel/iommu_groups"));
        var known = files.Errors.Count == before;
        var options = files.Text(Path.Combine(paths.Proc, "cmdline"))?.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(static o => o.Contains("iommu", StringComparison.Ordinal)).ToArray() ?? [];
        return new IommuFacts(files.Names(Path.Combine(paths.Sys, "class/iommu")), known ? groups.Length : null, options);
    }
}
