using NodeAgent.Doctor.Facts;

namespace NodeAgent.Doctor.Judging;

internal static class BootChecks
{
    private const string Care = "keep multipath in the initramfs (`update-initramfs -u` after each change of /etc/multipath.conf), do not stop multipathd, and watch the map with `nodeagent storage watch`; a local disk for booting needs none of this";

    public static readonly IReadOnlyList<Check<Known<BootFacts>>> All =
    [
        new(
            "boot.disk",
            static _ => "a local disk",
            "a root on the SAN stops the whole node, agent and logs included, when its last path is lost",
            static (facts, _) => facts.Value is { } boot ? Judge(boot) : Finding.Unknown(facts.Reason("/proc/1/mountinfo and /proc/self/mountinfo"))),
    ];

    private static Finding Judge(BootFacts facts)
    {
        if (facts.Disks.Count == 0) return NoDisk(facts);
        var found = string.Join(", ", facts.Layers.Append(string.Join(" and ", facts.Disks.Select(Text))));
        if (facts.Maps.Count > 0) return Finding.Warn($"the root is on multipath: {found}", Care);
        if (facts.Disks.Any(static d => IsRemote(d.Kind)))
        {
            return facts.Disks.All(static d => d.Paths > 1)
                ? Finding.Warn($"the root is on the network: {found}", "watch its paths with `nodeagent storage watch`; a local disk for booting does not depend on the network")
                : Finding.Warn($"the root hangs on one path: {found}", "boot from a local disk, or put the root on multipath: losing this one path takes the node down");
        }

        return facts.Disks.Any(static d => d.Kind == DiskKind.Removable)
            ? Finding.Warn(found, "boot from a built-in disk: such media wear out under a node's logs")
            : Finding.Ok(found);
    }

    private static Finding NoDisk(BootFacts facts) =>
        facts.FileSystem.StartsWith("nfs", StringComparison.Ordinal)
            ? Finding.Warn($"the root is {facts.FileSystem}", "boot from a local disk: the node depends on the server and the network to it")
            : Finding.Unknown($"the root is {facts.FileSystem}, and what is below that does not show here", "in a container, run it with the host's process and mount namespaces (hostPID)");

    private static bool IsRemote(DiskKind kind) => kind is DiskKind.FibreChannel or DiskKind.Iscsi or DiskKind.NvmeFabric or DiskKind.Network;

    private static string Text(Disk disk) => disk.Kind switch
    {
        DiskKind.Local => $"local disk {disk.Name}",
        DiskKind.Virtual => $"virtual disk {disk.Name}",
        DiskKind.Removable => $"USB or card {disk.Name}",
        DiskKind.FibreChannel => $"{disk.Name} over Fibre Channel",
        DiskKind.Iscsi => $"{disk.Name} over iSCSI",
        DiskKind.NvmeFabric => $"{disk.Name} over NVMe-oF with {disk.Paths} {(disk.Paths == 1 ? "path" : "paths")}",
        _ => $"{disk.Name} over the network",
    };
}
