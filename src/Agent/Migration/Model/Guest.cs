namespace NodeAgent.Migration.Model;

/// <summary>A virtual machine that runs on the node, as its process of QEMU tells. Never changes: what is read of it comes from an <see cref="Sources.IGuestSource"/>.</summary>
/// <param name="Process">What identifies it on this node: both ends of a migration may be here, with one UUID.</param>
/// <param name="Uuid">Of the domain; empty where QEMU was given none.</param>
/// <param name="Domain">Name of the domain as QEMU was given it, which may hold anything; empty where it was given none.</param>
public sealed record Guest(GuestProcess Process, string Uuid, string Domain)
{
    /// <summary>Namespace and name of the VirtualMachineInstance; both null outside of KubeVirt.</summary>
    public string? Namespace { get; init; }

    public string? Name { get; init; }

    /// <summary>UID of its pod; null outside of Kubernetes.</summary>
    public string? PodUid { get; init; }

    /// <summary>Id of its container; null outside of one.</summary>
    public string? ContainerId { get; init; }

    /// <summary>Bytes of guest memory; null where the command line does not say.</summary>
    public long? MemoryBytes { get; init; }

    public int? Vcpus { get; init; }

    public DateTimeOffset Started { get; init; }

    /// <summary>It was started to take in the memory of a guest that runs elsewhere (-incoming).</summary>
    public bool Incoming { get; init; }

    /// <summary>libvirt started it: its monitor is libvirt's, and must never be connected to.</summary>
    public bool RunByLibvirt { get; init; }

    /// <summary>It was started with KVM, not with an emulated CPU.</summary>
    public bool Kvm { get; init; }

    /// <summary>Pages of KVM's dirty ring (dirty-ring-size); 0: it has none.</summary>
    public int DirtyRingSize { get; init; }

    /// <summary>Names of links that are its NICs, as far as they can be seen.</summary>
    public IReadOnlyList<string> Links { get; init; } = [];

    /// <summary>Why it cannot be migrated, a sentence each, as far as its command line shows it.</summary>
    public IReadOnlyList<string> Blockers { get; init; } = [];

    /// <summary>Paths of monitor sockets for QMP that are nobody's but the operator's, in the guest's own root; never libvirt's.</summary>
    public IReadOnlyList<string> QmpSockets { get; init; } = [];
}
