using System.Globalization;

namespace NodeAgent.Tests.Qemu.Rig;

/// <summary>How a guest is started, and what it does.</summary>
public sealed record GuestOptions
{
    /// <summary>As -name guest=…; may hold anything.</summary>
    public string Name { get; init; } = "guest";

    public Guid Uuid { get; init; } = Guid.NewGuid();

    public int MemoryMiB { get; init; } = 192;

    /// <summary>Runs the 45-byte guest, which dirties <see cref="HotRate"/> in <see cref="Hot"/> and says nothing.</summary>
    public bool Kvm { get; init; }

    /// <summary>KVM's dirty ring, in pages for each vCPU; 0: the bitmap.</summary>
    public int DirtyRingSize { get; init; }

    /// <summary>MiB filled with random bytes at the start, then left alone.</summary>
    public int Fill { get; init; }

    /// <summary>MiB that are written again and again.</summary>
    public int Hot { get; init; } = 32;

    /// <summary>MiB written there a second.</summary>
    public int HotRate { get; init; } = 4;

    /// <summary>Pages are written in a random order.</summary>
    public bool Random { get; init; }

    /// <summary>Waits for a migration (-incoming) instead of running; where to listen is told by the <see cref="LiveMigration"/>.</summary>
    public bool Incoming { get; init; }

    /// <summary>A second monitor that nobody uses, for the agent: <see cref="QemuGuest.FreeSocket"/>.</summary>
    public bool FreeMonitor { get; init; } = true;

    /// <summary>Further arguments of QEMU.</summary>
    public IReadOnlyList<string> More { get; init; } = [];

    /// <summary>
    /// The kernel's command line of a guest under TCG. Its clock is not to be the TSC: on a busy machine the kernel takes that for slower than it
    /// is, by a factor of three even, and all that the guest says of its rate is wrong by as much.
    /// </summary>
    internal string Append => string.Create(CultureInfo.InvariantCulture, $"console=ttyS0 quiet panic=-1 tsc=unstable fill={Fill} hot={Hot} hotrate={HotRate} seq={(Random ? 0 : 1)}");
}
