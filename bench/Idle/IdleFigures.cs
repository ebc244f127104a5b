namespace NodeAgent.Bench.Idle;

/// <summary>What the kernel says of a process.</summary>
/// <param name="ByThread">Voluntary context switches (times a thread went to sleep, so times it woke up) by id and name.</param>
/// <param name="CpuMilliseconds">Time on a CPU, all threads.</param>
/// <param name="Rss">Resident memory, MB.</param>
/// <param name="AnonymousRss">Of that not backed by files, MB.</param>
internal sealed record IdleFigures(IReadOnlyDictionary<string, long> ByThread, double CpuMilliseconds, double Rss, double AnonymousRss)
{
    /// <summary>Threads that the runtime wakes by its own clock, whatever the program does: the finalizer's, every ten seconds.</summary>
    private static bool IsRuntimes(string thread) => thread.Contains(".NET Finalizer", StringComparison.Ordinal);

    public long Wakeups => ByThread.Where(t => !IsRuntimes(t.Key)).Sum(t => t.Value);

    public long RuntimeWakeups => ByThread.Where(t => IsRuntimes(t.Key)).Sum(t => t.Value);

    /// <summary>What the kernel announced in the meantime.</summary>
    public int Events { get; init; }

    /// <summary>What happened in between; memory as it is now.</summary>
    public IdleFigures Since(IdleFigures before) => this with
    {
        ByThread = ByThread.ToDictionary(t => t.Key, t => t.Value - before.ByThread.GetValueOrDefault(t.Key)),
        CpuMilliseconds = CpuMilliseconds - before.CpuMilliseconds,
    };
}
