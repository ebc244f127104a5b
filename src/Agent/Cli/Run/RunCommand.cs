using System.CommandLine;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using NodeAgent.Cli.Sandbox;
using NodeAgent.Files;
using NodeAgent.Network;
using NodeAgent.Network.Drift;

namespace NodeAgent.Cli.Run;

/// <summary>nodeagent run [--sandbox]</summary>
public static class RunCommand
{
    public static CliCommand Build(string description)
    {
        var sandbox = new Option<bool>("--sandbox") { Description = "in a private network namespace with four virtual NICs and layout A; nothing on the host changes" };
        return new CliCommand("run", description)
        {
            Options = { sandbox },
            Run = run => run.Value(sandbox) ? SandboxSession.Run(run) : Daemon(run),
            Details = "Applies the policies of the node, then repairs (or only reports, by each policy's mode) what is changed by others. SIGHUP reads the policies again; SIGTERM ends it at once and leaves the network as it is.",
            Examples =
            [
                new("nodeagent run", "the daemon, as a systemd unit or in a DaemonSet runs it"),
                new("nodeagent run --sandbox", "try it without touching this machine"),
            ],
        };
    }

    /// <summary>Runs the daemon over an engine until SIGTERM or SIGINT.</summary>
    public static int Serve(Invocation run, NetworkEngine engine, Action? onReady)
    {
        var log = new ConsoleLog(run.Host.Error, run.Host.Time, run.Settings.Verbose ? LogLevel.Debug : LogLevel.Information, run.Host.Environment("JOURNAL_STREAM") is not null);
        using var daemon = new DriftDaemon(engine, Options(run.Settings), log);
        using var stop = new CancellationTokenSource();
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var hangup = PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal =>
        {
            signal.Cancel = true;
            daemon.Reload();
        });
        daemon.Run(onReady, stop.Token);
        return ExitCode.Done;

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }
    }

    private static DriftOptions Options(Settings settings) => new()
    {
        TugOfWarRepairs = settings.Configuration.Drift.TugOfWarRepairs,
        TugOfWarWindow = settings.Configuration.Drift.TugOfWarWindow,
    };

    // Nobody sits at the daemon: there is no session to protect.
    private static int Daemon(Invocation run)
    {
        var folder = run.Settings.Paths.Run;
        using var only = NodeLock.TryTake(folder, TimeSpan.Zero, run.Host.Time)
            ?? throw new CliException(ExitCode.Failed, $"{NodeLock.Holder(folder)} is this node's daemon already (by the lock in {folder}); end it first, or give this one a --run-dir and --state-dir of its own");
        using var engine = EngineFactory.Create(run.Settings, null, run.Host.Time);
        return Serve(run, engine, null);
    }
}
