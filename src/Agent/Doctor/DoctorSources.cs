using NodeAgent.Doctor.Facts;
using NodeAgent.Kvm.Model;
using NodeAgent.Network.Model;
using NodeAgent.Storage.Model;

namespace NodeAgent.Doctor;

/// <summary>What the doctor learns from the kernel and from other readers, and not from files of its own: tests play it.</summary>
internal sealed record DoctorSources
{
    public required HostPaths Paths { get; init; }

    /// <summary>adjtimex(2)</summary>
    public required Func<Known<ClockState>> Clock { get; init; }

    /// <summary>Bytes that are free in a folder's file system.</summary>
    public required Func<string, Known<long>> FreeBytes { get; init; }

    public required Func<KvmReport> Kvm { get; init; }

    public required Func<StorageReading> Storage { get; init; }

    /// <summary>The links of this process's network namespace.</summary>
    public required Func<NetworkSnapshot> Network { get; init; }
}
