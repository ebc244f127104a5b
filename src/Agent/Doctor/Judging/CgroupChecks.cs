using NodeAgent.Doctor.Facts;

namespace NodeAgent.Doctor.Judging;

internal static class CgroupChecks
{
    public static readonly IReadOnlyList<Check<CgroupFacts>> All =
    [
        new(
            "cgroup.version",
            static _ => "2",
            "the limits of memory and I/O that pods of VMs are held to work fully only in version 2; Kubernetes only maintains version 1",
            static (facts, _) => facts.Version switch
            {
                { IsFound: true, Value: 2 } => Finding.Ok("2"),
                { IsFound: true, Value: var version } => Finding.Warn($"{version}", "boot with systemd.unified_cgroup_hierarchy=1 on the kernel's command line, and kubelet and the container runtime with the systemd driver"),
                { Error: { } error } => Finding.Unknown(error),
                _ => Finding.Unknown("no cgroup tree is mounted at /sys/fs/cgroup"),
            }),
    ];
}
