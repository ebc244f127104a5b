using System.Runtime.InteropServices;
using NodeAgent.Network;
using NodeAgent.Network.Drift;

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
        var drift = parts.Settings.Configuration.Drift;
        var options = new DriftOptions { TugOfWarRepairs = drift.TugOfWarRepairs, TugOfWarWindow = drift.TugOfWarWindow };
        _drift = new DriftDaemon(engine, options, parts.Logs.CreateLogger("drift"), parts.Observers);
        parts.Readiness.Set(NetworkPart, false, "the policies are being applied");
        listeners.Serve(parts);
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
        _drift.Run(() => Ready(onReady), _stop.Token);

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            _stop.Cancel();
        }
    }

    public void Dispose()
    {
        _listeners.Dispose();
        _drift.Dispose();
        _stop.Dispose();
    }

    // SIGHUP: everything that is read from files is read again.
    private void Reload()
    {
        _parts.Configuration.Reload();
        _drift.Reload();
    }

    private void Ready(Action? onReady)
    {
        _parts.Readiness.Set(NetworkPart, true, "the policies of this node are applied and kept");
        onReady?.Invoke();
    }
}
