using System.CommandLine;
using Microsoft.Extensions.Logging;
using NodeAgent.Api;
using NodeAgent.Cli.Sandbox;
using NodeAgent.Config;
using NodeAgent.Files;
using NodeAgent.Hosting;
using NodeAgent.Network;
using NodeAgent.Node;

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
    public static int Serve(Invocation run, Settings settings, NetworkEngine engine, Listeners listeners, Action? onReady)
    {
        var clock = run.Host.Time;
        var log = new ConsoleLog(run.Host.Error, clock, settings.Verbose ? LogLevel.Debug : LogLevel.Information, run.Host.Environment("JOURNAL_STREAM") is not null);
        using var logs = new ConsoleLogs(log);
        using var engines = new EngineWorkers(() => EngineFactory.Create(settings, null, clock), engine.Options.LockWait);
        var parts = new DaemonParts
        {
            Settings = settings,
            Configuration = new ConfigurationStore(settings.Configuration, () => AgentConfiguration.Load(settings.Paths.ConfigurationFile), clock),
            Logs = logs,
            Clock = clock,
            State = new NodeStateStore((clock.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick),
            Readiness = new Readiness(),
            Engines = engines,
        };
        using var daemon = new Hosting.Daemon(parts, engine, listeners);
        daemon.Run(onReady);
        return ExitCode.Done;
    }

    // Nobody sits at the daemon: there is no session to protect.
    private static int Daemon(Invocation run)
    {
        var folder = run.Settings.Paths.Run;
        using var only = NodeLock.TryTake(folder, TimeSpan.Zero, run.Host.Time)
            ?? throw new CliException(ExitCode.Failed, $"{NodeLock.Holder(folder)} is this node's daemon already (by the lock in {folder}); end it first, or give this one a --run-dir and --state-dir of its own");
        using var listeners = DaemonListeners.Of(run.Settings);
        using var engine = EngineFactory.Create(run.Settings, null, run.Host.Time);
        return Serve(run, run.Settings, engine, listeners, null);
    }
}
