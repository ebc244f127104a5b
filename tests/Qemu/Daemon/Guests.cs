using NodeAgent.Tests.Qemu.Rig;

namespace NodeAgent.Tests.Qemu.Daemon;

/// <summary>Guests that start at once: under KVM where there is some.</summary>
internal static class Guests
{
    public static readonly bool HasKvm = GuestKit.WhyNot(kvm: true) is null;

    /// <summary>Writes to 48 MiB, at a rate that a migration at 32 MiB a second is done with.</summary>
    public static GuestOptions Quiet(string name = "quiet") => new() { Name = name, Kvm = HasKvm, Hot = 48, HotRate = 10, MemoryMiB = 128 };

    /// <summary>Writes as fast as a migration at 16 MiB a second cannot follow.</summary>
    public static GuestOptions Busy(string name = "busy") => new() { Name = name, Kvm = HasKvm, Hot = 48, HotRate = 60, MemoryMiB = 128 };

    public static readonly MigrationOptions Endless = new() { BandwidthMiB = 16, DowntimeMilliseconds = 20, Tcp = true };
}
