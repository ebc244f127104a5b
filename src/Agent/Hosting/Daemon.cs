using System.Runtime.InteropServices;
using NodeAgent.Config;
using NodeAgent.Network;
using NodeAgent.Network.Drift;
using NodeAgent.Systemd;

namespace NodeAgent.Hosting;

/// <summary>
/// The composition of `nodeagent run`: keeps the policies on the thread that calls <see cref="Run"/>, in that thread's network namespace,
/// and serves beside it. The network comes first: no fault of what is served stops it.
/// </summary>
public sealed class Daemon : IDisposable
{
    private const string NetworkPart = "network";

    private readonly DaemonParts _parts;
    private readonly DriftDaemon _drift;
    private readonly Listeners _listeners;
    private readonly CancellationTokenSource _stop = new();

    /// <param name="parts">What it is made of.</param>
    /// <param name="engine">Of the network namespace that is looked after.</param>
    /// <param name="listeners">Made where clients are; they serve from here on, and end with the daemon.</param>
    public Daemon(DaemonParts parts, NetworkEngine engine, Listeners listeners)
    {
        _parts = parts;
        _listeners = listeners;
        _drift = new DriftDaemon(engine, OptionsOf(parts.Configuration.Current), parts.Logs.CreateLogger("drift"), parts.Observers);
        parts.Readiness.Set(NetworkPart, false, "the policies are being applied");
        parts.Metrics.Daemon.Follow(_drift);
        parts.LinkHealth?.Follow(_drift);
        listeners.Serve(parts with { Liveness = _drift.Liveness });
    }

    /// <summary>Works until SIGTERM or SIGINT. <paramref name="onReady"/> is called once the policies found at the start are applied.</summary>
    public void Run(Action? onReady)
    {
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var hangup = PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal =>
        {
            signal.Cancel = true;
            Reload();
        });
        _parts.Service?.Starting(_drift.Liveness);
        _parts.Configuration.Changed += Configure;
        _drift.Run(() => Ready(onReady), _stop.Token);

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            _parts.Service?.Stopping();
            _stop.Cancel();
        }
    }

    public void Dispose()
    {
        _parts.Configuration.Changed -= Configure;
        _listeners.Dispose();
        _drift.Dispose();
        _stop.Dispose();
    }

    // SIGHUP: everything that is read from files is read again.
    private void Reload()
    {
        if (_parts.Service is { } service) service.Reload(ReadAgain);
        else ReadAgain();
    }

    private void ReadAgain()
    {
        _parts.Configuration.Reload();
        _parts.Certificates?.Reload();
        _drift.Reload();
    }

    private void Configure(AgentConfiguration old, AgentConfiguration changed) => _drift.Options = OptionsOf(changed);

    private static DriftOptions OptionsOf(AgentConfiguration configuration) =>
        new() { TugOfWarRepairs = configuration.Drift.TugOfWarRepairs, TugOfWarWindow = configuration.Drift.TugOfWarWindow };

    private void Ready(Action? onReady)
    {
        _parts.Readiness.Set(NetworkPart, true, "the policies of this node are applied and kept");
        if (_parts.Service is { } service) _ = TellReady(service);
        onReady?.Invoke();
    }

    // Whoever waits for the start may call right after it.
    private async Task TellReady(Service service)
    {
        await _listeners.Tried.ConfigureAwait(false);
        service.Ready([new LoopHeartbeat(_drift.Liveness), .. _listeners.Heartbeats()]);
    }
}
