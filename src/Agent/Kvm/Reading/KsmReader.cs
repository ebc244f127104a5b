using NodeAgent.Kvm.Model;

namespace NodeAgent.Kvm.Reading;

/// <summary>Kernel same-page merging, from /sys/kernel/mm/ksm: https://docs.kernel.org/admin-guide/mm/ksm.html.</summary>
internal static class KsmReader
{
    public static KsmFacts Read(HostPaths paths, UnreadFiles files)
    {
        var folder = Path.Combine(paths.Sys, "kernel/mm/ksm");
        return new KsmFacts(
            files.Number(Path.Combine(folder, "run")) is { } run ? run == 1 : null,
            files.Number(Path.Combine(folder, "pages_shared")),
            files.Number(Path.Combine(folder, "pages_sharing")));
    }
}
