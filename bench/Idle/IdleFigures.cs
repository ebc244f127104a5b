namespace NodeAgent.Bench.Idle;

/// <summary>What the kernel says of a process.</summary>
/// <param name="ByThread">Voluntary context switches (times a thread went to sleep, so times it woke up) by id and name.</param>
/// <param name="CpuByThread">Milliseconds on a CPU, by the same.</param>
/// <param name="WholeCpuMilliseconds">Time on a CPU of the whole process: with threads that ended, as the one that tries out a guest does.</param>
/// <param name="Rss">Resident memory, MB.</param>
/// <param name="AnonymousRss">Of that not backed by files, MB.</param>
internal sealed record IdleFigures(IReadOnlyDictionary<string, long> ByThread, IReadOnlyDictionary<string, double> CpuByThread, double WholeCpuMilliseconds, double Rss, double AnonymousRss)
{
    /// <summary>Time on a CPU, all threads that there still are.</summary>
    public double CpuMilliseconds => CpuByThread.Values.Sum();

    /// <summary>The agent's own threads, but for <see cref="PacedWakeups"/>.</summary>
    public long Wakeups => ByThread.Values.Sum() - PacedWakeups - RuntimeWakeups - HeartbeatWakeups;

    /// <summary>Looks by the clock at what sends no events: storage every 30 s, KVM every minute; processes every 10 s where, as in here, the kernel does not tell of them.</summary>
    public long PacedWakeups => Of("storage") + Of("kvm") + Of("guests");

    /// <summary>Threads that the runtime wakes by its own clock: the finalizer's, every ten seconds, those of the pool and of the compiler.</summary>
    public long RuntimeWakeups => Of(".NET ");

    /// <summary>Kestrel looks once a second for requests that take too long; that cannot be turned off.</summary>
    public long HeartbeatWakeups => Of("Kestrel Timer");

    /// <summary>What the kernel announced in the meantime.</summary>
    public int Events { get; init; }

    /// <summary>What happened in between; memory as it is now.</summary>
    public IdleFigures Since(IdleFigures before) => this with
    {
        ByThread = ByThread.ToDictionary(t => t.Key, t => t.Value - before.ByThread.GetValueOrDefault(t.Key)),
        CpuByThread = CpuByThread.ToDictionary(t => t.Key, t => t.Value - before.CpuByThread.GetValueOrDefault(t.Key)),
        WholeCpuMilliseconds = WholeCpuMilliseconds - before.WholeCpuMilliseconds,
    };

    private long Of(string thread) => ByThread.Where(t => t.Key.Contains($"({thread}", StringComparison.Ordinal)).Sum(static t => t.Value);
}
