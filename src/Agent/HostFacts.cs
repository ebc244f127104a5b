using NodeAgent.Files;

namespace NodeAgent;

/// <summary>What the kernel says of the machine; null where it cannot be read.</summary>
public sealed class HostFacts(HostPaths paths)
{
    /// <summary>/proc/sys/kernel/hostname, which may change.</summary>
    public string? HostName => Read("hostname");

    /// <summary>/proc/sys/kernel/osrelease: "6.1.0-56-amd64".</summary>
    public string? KernelRelease { get; } = Read(paths, "osrelease");

    /// <summary>/proc/sys/kernel/random/boot_id</summary>
    public string? BootId { get; } = Read(paths, "random/boot_id");

    private string? Read(string name) => Read(paths, name);

    private static string? Read(HostPaths paths, string name) => HostFile.Read(Path.Combine(paths.Proc, "sys/kernel", name)).Text;
}
