using Microsoft.Extensions.Logging;
using NodeAgent.Network.Drift;

namespace NodeAgent.Systemd;

/// <summary>The daemon's life as the service manager is told of it, from its start to its end. Does nothing where no manager asked.</summary>
public sealed class Service(Notifier notifier, ServiceStatus status, TimeSpan? watchdogLimit, TimeProvider clock, ILogger log) : IDisposable
{
    private readonly CancellationTokenSource _started = new();
    private readonly CancellationTokenSource _stop = new();

    /// <summary>From now until <see cref="Ready"/> the manager is asked for time as long as the loop is at work.</summary>
    public void Starting(DaemonLiveness loop) => _ = StartTime.Extend(notifier, loop, clock, _started.Token);

    /// <summary>The policies found at the start are applied. From now on the manager's watchdog is told as long as all of these are alive.</summary>
    public void Ready(IReadOnlyList<IHeartbeat> parts)
    {
        _started.Cancel();
        status.Ready();
        if (watchdogLimit is { } limit && notifier.IsWanted) _ = new Watchdog(notifier, limit, parts, clock, log).Run(_stop.Token);
    }

    /// <summary>Does the work as a reload, from the manager's point of view.</summary>
    public void Reload(Action work) => status.Reload(work);

    public void Stopping()
    {
        _started.Cancel();
        _stop.Cancel();
        status.Stopping();
    }

    public void Dispose()
    {
        _started.Cancel();
        _stop.Cancel();
        status.Dispose();
        notifier.Dispose();
    }
}
