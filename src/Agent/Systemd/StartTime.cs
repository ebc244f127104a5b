using NodeAgent.Network.Drift;

namespace NodeAgent.Systemd;

/// <summary>Asks the service manager for more time while policies are applied at the start: probes may take as long as a policy says.</summary>
public static class StartTime
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_margin = TimeSpan.FromSeconds(20);

    /// <summary>Until cancelled: as long as the loop comes round, or is in a transaction whose time is not over.</summary>
    public static async Task Extend(Notifier notifier, DaemonLiveness loop, TimeProvider clock, CancellationToken cancellation)
    {
        if (!notifier.IsWanted) return;
        try
        {
            using var timer = new PeriodicTimer(s_interval, clock);
            while (await timer.WaitForNextTickAsync(cancellation).ConfigureAwait(false))
            {
                if (await loop.AnswersAsync(s_interval, cancellation).ConfigureAwait(false)) notifier.Extend(loop.BusyFor + s_margin);
            }
        }
        catch (OperationCanceledException)
        {
            // It is ready, or ends.
        }
    }
}
