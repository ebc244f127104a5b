namespace NodeAgent.Bench.Idle;

/// <summary>What the kernel says of a process.</summary>
/// <param name="ByThread">Voluntary context switches (times a thread went to sleep, so times it woke up) by id and name.</param>
/// <param name="CpuMilliseconds">Time on a CPU, all threads.</param>
/// <param name="Rss">Resident memory, MB.</param>
/// <param name="AnonymousRss">Of that not backed by files, MB.</param>
internal sealed record IdleFigures(IReadOnlyDictionary<string, long> ByThread, double CpuMilliseconds, double Rss, double AnonymousRss)
{
    public long Wakeups => ByThread.Values.Sum();

    /// <summary>What happened in between; memory as it is now.</summary>
    public IdleFigures Since(IdleFigures before) => this with
    {
        ByThread = ByThread.ToDictionary(t => t.Key, t => t.Value - before.ByThread.GetValueOrDefault(t.Key)),
        CpuMilliseconds = CpuMilliseconds - before.CpuMilliseconds,
    };
}
