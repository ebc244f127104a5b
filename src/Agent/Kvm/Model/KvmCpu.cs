namespace NodeAgent.Kvm.Model;

/// <summary>The processor, from /proc/cpuinfo.</summary>
public sealed record KvmCpu
{
    /// <summary>"x86_64", "aarch64"; of the running kernel.</summary>
    public required string Architecture { get; init; }

    /// <summary>"GenuineIntel", "AuthenticAMD", "User Mode Linux"; null where unknown.</summary>
    public string? Vendor { get; init; }

    /// <summary>"Intel(R) Xeon(R) Gold 6348 CPU @ 2.60GHz"</summary>
    public string? Model { get; init; }

    public int? Family { get; init; }

    public int? ModelNumber { get; init; }

    public int? Stepping { get; init; }

    /// <summary>"0xd0003a5"</summary>
    public string? Microcode { get; init; }

    /// <summary>Processors as the scheduler counts them.</summary>
    public int LogicalCpus { get; init; }

    public int? Sockets { get; init; }

    /// <summary>Over all sockets.</summary>
    public int? Cores { get; init; }

    public CpuVirtualization Virtualization { get; init; }

    /// <summary>The processor says it belongs to a virtual machine.</summary>
    public bool IsHypervisorGuest { get; init; }

    /// <summary>Bits of a physical address.</summary>
    public int? PhysicalAddressBits { get; init; }

    /// <summary>All flags that the kernel lists, vmx flags included as "vmx:ept"; by name.</summary>
    public IReadOnlyList<string> Flags { get; init; } = [];

    /// <summary>Those of <see cref="Flags"/> that matter to virtual machines.</summary>
    public IReadOnlyList<string> Features { get; init; } = [];

    public required KvmTsc Tsc { get; init; }

    public CpuFirmware Firmware { get; init; } = CpuFirmware.NotAsked;

    public bool HasFlag(string flag) => Flags is string[] flags ? Array.BinarySearch(flags, flag, StringComparer.Ordinal) >= 0 : Flags.Contains(flag);
}
