namespace NodeAgent.Tests.Fuzz;

/// <summary>Ends the process, saying why, when nothing has ticked for too long: a hang cannot be caught otherwise.</summary>
public sealed class Watchdog : IDisposable
{
    private readonly Timer _timer;
    private readonly TimeSpan _limit;

    public Watchdog(TimeSpan limit, string message)
    {
        _limit = limit;
        _timer = new Timer(_ => Environment.FailFast(message), null, limit, Timeout.InfiniteTimeSpan);
    }

    public void Tick() => _timer.Change(_limit, Timeout.InfiniteTimeSpan);

    public void Dispose() => _timer.Dispose();
}
