namespace NodeAgent.Config;

/// <summary>doctor: what `nodeagent doctor` wants of a host; the defaults are the platform's reference hardware.</summary>
public sealed record DoctorSettings
{
    /// <summary>doctor.cpu.cores: the least.</summary>
    public int CpuCores { get; init; } = 8;

    /// <summary>doctor.memory.minimum: bytes.</summary>
    public long MemoryMinimum { get; init; } = 24_000_000_000;

    /// <summary>doctor.memory.recommended: bytes.</summary>
    public long MemoryRecommended { get; init; } = 256_000_000_000;

    /// <summary>doctor.nics.count: the least number of NICs.</summary>
    public int NicCount { get; init; } = 2;

    /// <summary>doctor.nics.recommended: number of NICs.</summary>
    public int NicRecommended { get; init; } = 4;

    /// <summary>doctor.nics.speed: bits per second of each.</summary>
    public long NicSpeed { get; init; } = 10_000_000_000;

    /// <summary>doctor.fc.count: the least number of Fibre Channel ports.</summary>
    public int FcCount { get; init; } = 2;

    /// <summary>doctor.fc.speed: bits per second of each.</summary>
    public long FcSpeed { get; init; } = 16_000_000_000;

    /// <summary>doctor.kernel.version: the oldest that the platform is validated with.</summary>
    public Version KernelVersion { get; init; } = new(5, 15);

    /// <summary>doctor.inotify.watches: the least fs.inotify.max_user_watches.</summary>
    public int InotifyWatches { get; init; } = 524_288;

    /// <summary>doctor.inotify.instances: the least fs.inotify.max_user_instances.</summary>
    public int InotifyInstances { get; init; } = 512;

    /// <summary>doctor.conntrack.used: the share of the connection table in percent that is still in order.</summary>
    public int ConntrackUsed { get; init; } = 80;

    /// <summary>doctor.clock.error: the largest error the kernel may assume for its clock.</summary>
    public TimeSpan ClockError { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>doctor.state.free: bytes that are free where the agent keeps its state.</summary>
    public long StateFree { get; init; } = 1_000_000_000;

    /// <summary>doctor.skip: checks that this node does not have to pass, by id.</summary>
    public IReadOnlyList<string> Skip { get; init; } = [];
}
