namespace NodeAgent.Network.Drift;

/// <summary>Whether the daemon's loop still turns: asked from any thread, answered by the loop itself.</summary>
public sealed class DaemonLiveness(TimeProvider clock, Action wake)
{
    private readonly Lock _lock = new();
    private TaskCompletionSource? _asked;
    private long _busySince;
    private TimeSpan _busyAtMost;

    /// <summary>
    /// How much longer the loop may be in a transaction that waits for probes and cannot answer; zero where it is to answer at once.
    /// While a transaction waits for its confirmation the loop answers.
    /// </summary>
    public TimeSpan BusyFor
    {
        get
        {
            lock (_lock)
            {
                var left = _busyAtMost - clock.GetElapsedTime(_busySince);
                return left > TimeSpan.Zero ? left : TimeSpan.Zero;
            }
        }
    }

    /// <summary>Wakes the loop; true where it came round within the time, or is busy with a transaction whose time is not over.</summary>
    public async Task<bool> AnswersAsync(TimeSpan within, CancellationToken cancellation)
    {
        Task answer;
        lock (_lock)
        {
            _asked ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            answer = _asked.Task;
        }

        wake();
        try
        {
            await answer.WaitAsync(within, clock, cancellation).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return BusyFor > TimeSpan.Zero;
        }
    }

    /// <summary>The loop came round. On its thread, before it sleeps.</summary>
    internal void Turned()
    {
        TaskCompletionSource? asked;
        lock (_lock) (asked, _asked, _busyAtMost) = (_asked, null, TimeSpan.Zero);
        asked?.SetResult();
    }

    /// <summary>The loop will not come round before this time is over, and must after it.</summary>
    internal void Busy(TimeSpan atMost)
    {
        lock (_lock) (_busySince, _busyAtMost) = (clock.GetTimestamp(), atMost);
    }
}
