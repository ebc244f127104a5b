using System.CommandLine;
using NodeAgent.Api;
using NodeAgent.Api.Watching;
using NodeAgent.Cli.Sandbox;
using NodeAgent.Config;
using NodeAgent.Files;
using NodeAgent.Hosting;
using NodeAgent.Hosting.Access;
using NodeAgent.Kvm.Reading;
using NodeAgent.Kvm.Watching;
using NodeAgent.Logging;
using NodeAgent.Metrics;
using NodeAgent.Metrics.Daemon;
using NodeAgent.Metrics.Kvm;
using NodeAgent.Metrics.Migration;
using NodeAgent.Metrics.Storage;
using NodeAgent.Metrics.Verdicts;
using NodeAgent.Migration;
using NodeAgent.Network;
using NodeAgent.Network.Health;
using NodeAgent.Node;
using NodeAgent.Storage.Store;
using NodeAgent.Storage.Watching;
using NodeAgent.Systemd;
using NodeAgent.Verdicts;

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
            Flags = new ConfigurationFlags(static key => !key.StartsWith("doctor.", StringComparison.Ordinal)),
            Run = run => run.Value(sandbox) ? SandboxSession.Run(run) : Daemon(run),
            Details = "Applies the policies of the node, then repairs (or only reports, by each policy's mode) what is changed by others. SIGHUP reads the configuration and the policies again, a change of a file does too; SIGTERM ends it at once and leaves the network as it is.",
            Examples =
            [
                new("nodeagent run", "the daemon, as a systemd unit or in a DaemonSet runs it"),
                new("nodeagent run --sandbox", "try it without touching this machine"),
            ],
        };
    }

    /// <summary>Runs the daemon over an engine until SIGTERM or SIGINT. <paramref name="host"/> is where the host is, in the sandbox.</summary>
    public static int Serve(Invocation run, Settings settings, ConfigurationStore configuration, NetworkEngine engine, Listeners listeners, Action? onReady, HostThread? host = null)
    {
        var clock = run.Host.Time;
        using var logs = new LogFactory(run.Host.Log(), configuration.Current.Log, JournalStream.IsStandardError(run.Host.Environment), clock);
        configuration.Changed += (_, changed) => logs.Configure(changed.Log);
        var readiness = new Readiness();
        ConfigurationReloads.Tell(configuration, readiness, logs.CreateLogger(LogAreas.Config));
        using var watcher = new ConfigurationWatcher(settings.Source.File, () => configuration.Reload(), clock, logs.CreateLogger(LogAreas.Config));
        var notifier = Notifier.FromEnvironment(run.Host.Environment, clock);
        var status = new ServiceStatus(notifier, readiness);
        using var service = new Service(notifier, status, Watchdog.LimitOf(run.Host.Environment), clock, logs.CreateLogger(LogAreas.Host));
        using var engines = new EngineWorkers(() => EngineFactory.Create(settings, () => configuration.Current, null, clock, engine.Health), engine.Options.LockWait);
        using var certificates = settings.Configuration.Grpc.Tcp is { } tcp ? new Certificates(tcp, logs.CreateLogger(LogAreas.Access), clock) : null;
        var state = new NodeStateStore((clock.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick);
        using var verdictLog = new VerdictLog(settings.Paths.State, logs.CreateLogger(LogAreas.Verdicts));
        var verdicts = new VerdictBoard(clock, verdictLog.Remembered);
        verdicts.StatesChanged += verdictLog.Add;
        verdicts.Explained += verdictLog.Explain;
        using var mapMemory = new MapMemory(settings.Paths.State, logs.CreateLogger(LogAreas.Verdicts));
        using var storage = new StorageStore(state.Epoch, verdicts, mapMemory, configuration.Current.Storage, clock);
        configuration.Changed += (_, changed) => storage.Configure(changed.Storage);
        using var metrics = new NodeMetrics(new MetricRegistry(), settings.Paths, configuration.Current.Metrics, clock, logs, engine.Health.Ports);
        if (certificates is not null) CertificateMetrics.Add(metrics.Registry, () => certificates.Expires, () => certificates.AuthoritiesExpire);
        configuration.Changed += (_, changed) => metrics.Configure(changed.Metrics);
        ConfigurationMetrics.Add(metrics.Registry, () => configuration.History);
        StorageMetrics.Add(metrics.Registry, storage, clock);
        VerdictMetrics.Add(metrics.Registry, verdicts);
        var migrationMetrics = new MigrationMetrics(metrics.Registry, clock);
        using var migration = new MigrationRoom(settings.Paths, state.Epoch, configuration.Current.Migration, clock, logs.CreateLogger(LogAreas.Migration), migrationMetrics);
        migration.Tell(migrationMetrics);
        migration.Judge(verdicts);
        migrationMetrics.Follow(migration.Board);
        HistoryMetrics.Add(metrics.Registry, migration.History);
        configuration.Changed += (_, changed) => migration.Configure(changed.Migration);
        using var linkHealth = new LinkHealthMonitor(state, verdicts, engine.Health, settings.Paths, clock, logs.CreateLogger(LogAreas.Network));
        LinkHealthMetrics.Add(metrics.Registry, engine.Health, () => linkHealth.Forwarding);
        var parts = new DaemonParts
        {
            Paths = settings.Paths,
            Configuration = configuration,
            Logs = logs,
            Clock = clock,
            State = state,
            Verdicts = verdicts,
            VerdictLog = verdictLog,
            Storage = storage,
            Migrations = migration.Board,
            DirtyRates = migration.DirtyRates,
            Readiness = readiness,
            Engines = engines,
            Access = new AccessControl(configuration, clock),
            Certificates = certificates,
            Metrics = metrics,
            Watches = new WatchCounters(metrics.Registry),
            Service = service,
            LinkHealth = linkHealth,
            Observers = [state, status, metrics.Daemon, linkHealth],
        };
        KvmSource.Add(metrics.Registry, parts.Kvm);
        KvmReadiness.Tell(parts.Kvm, readiness);
        StorageReadiness.Tell(storage, readiness);
        MigrationReadiness.Tell(migration, readiness);
        using var kvm = new KvmMonitor(new KvmReader(settings.Paths, clock).Read, parts.Kvm, verdicts, clock, logs.CreateLogger(LogAreas.Kvm));
        using var storageMonitor = new StorageMonitor(settings.Paths, clock, logs.CreateLogger(LogAreas.Storage), storage);
        if (host is null) migration.Watch();
        else host.Run(migration.Watch);
        using var daemon = new Hosting.Daemon(parts, engine, listeners);
        daemon.Run(onReady);
        return ExitCode.Done;
    }

    /// <summary>The configuration in force, to be read again as it was read for these settings. A file that was there is missed.</summary>
    /// <param name="settings">What the daemon starts with.</param>
    /// <param name="clock">Dates what comes of it.</param>
    /// <param name="change">What is done to each configuration that is read.</param>
    public static ConfigurationStore Store(Settings settings, TimeProvider clock, Func<AgentConfiguration, AgentConfiguration> change)
    {
        var source = settings.Source with { Required = settings.Source.Required || File.Exists(settings.Source.File) };
        return new ConfigurationStore(settings.Configuration, Read, clock);

        ConfigurationResult Read()
        {
            var result = source.Read();
            return result with { Configuration = change(result.Configuration) };
        }
    }

    /// <summary>Binds what is to be served, in the network namespace of the calling thread.</summary>
    public static Listeners Listen(Settings settings, ActivatedSockets activated)
    {
        try
        {
            return DaemonListeners.Of(settings.Configuration, settings.Paths, activated);
        }
        catch (AccessConfigurationException e)
        {
            throw new CliException(ExitCode.Invalid, e.Causes);
        }
    }

    // Nobody sits at the daemon: there is no session to protect.
    private static int Daemon(Invocation run)
    {
        var folder = run.Settings.Paths.Run;
        using var only = NodeLock.TryTake(folder, TimeSpan.Zero, run.Host.Time)
            ?? throw new CliException(ExitCode.Failed, $"{NodeLock.Holder(folder)} is this node's daemon already (by the lock in {folder}); end it first, or give this one a --run-dir and --state-dir of its own");
        using var activated = ActivatedSockets.FromEnvironment(run.Host.Environment);
        using var listeners = Listen(run.Settings, activated);
        var configuration = Store(run.Settings, run.Host.Time, static c => c);
        using var engine = EngineFactory.Create(run.Settings, () => configuration.Current, null, run.Host.Time);
        return Serve(run, run.Settings, configuration, engine, listeners, null);
    }
}
