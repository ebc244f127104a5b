namespace NodeAgent.Tests.Qemu.Rig;

/// <summary>Limits and capabilities of a migration.</summary>
public sealed record MigrationOptions
{
    public int BandwidthMiB { get; init; } = 32;

    public int DowntimeMilliseconds { get; init; } = 300;

    /// <summary>For post-copy; 0: without limit.</summary>
    public int PostcopyBandwidthMiB { get; init; }

    /// <summary>QEMU tells of phases and passes, as libvirt has it do.</summary>
    public bool Events { get; init; } = true;

    public bool AutoConverge { get; init; }

    /// <summary>Percent of CPU time that auto-converge begins with, and adds.</summary>
    public (int Initial, int Increment)? Throttle { get; init; }

    public bool Postcopy { get; init; }

    /// <summary>Over TCP on 127.0.0.1 instead of a unix socket.</summary>
    public bool Tcp { get; init; }
}
