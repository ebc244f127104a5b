using Microsoft.Extensions.Logging;
using NodeAgent.Api;
using NodeAgent.Api.Network;
using NodeAgent.Api.Watching;
using NodeAgent.Config;
using NodeAgent.Hosting.Access;
using NodeAgent.Kvm;
using NodeAgent.Metrics;
using NodeAgent.Migration.Sampling;
using NodeAgent.Migration.Store;
using NodeAgent.Network.Drift;
using NodeAgent.Network.Health;
using NodeAgent.Node;
using NodeAgent.Storage.Store;
using NodeAgent.Systemd;
using NodeAgent.Verdicts;

namespace NodeAgent.Hosting;

/// <summary>What the daemon is made of. Everything that serves is made from this, and from nothing it finds for itself.</summary>
public sealed record DaemonParts
{
    public required HostPaths Paths { get; init; }

    public required ConfigurationStore Configuration { get; init; }

    /// <summary>Loggers by area: network, drift, api, access, metrics, config, storage, kvm, migration, verdicts, host.</summary>
    public required ILoggerFactory Logs { get; init; }

    public required TimeProvider Clock { get; init; }

    public required NodeStateStore State { get; init; }

    /// <summary>How every object of the node stands; each kind is set by the room that judges it.</summary>
    public required VerdictBoard Verdicts { get; init; }

    /// <summary>The last changes of verdicts.</summary>
    public required VerdictLog VerdictLog { get; init; }

    /// <summary>The multipath maps; the monitor of storage tells it of each reading.</summary>
    public required StorageStore Storage { get; init; }

    /// <summary>What is known of KVM; its monitor tells of each check.</summary>
    public KvmBoard Kvm { get; init; } = new();

    /// <summary>Guests and their migrations; the sampler publishes there.</summary>
    public required IMigrationBoard Migrations { get; init; }

    public IDirtyRateMeter DirtyRates { get; init; } = NoDirtyRateMeter.Instance;

    /// <summary>The threads with engines that the API works on.</summary>
    public required EngineWorkers Engines { get; init; }

    /// <summary>The changes under way, whichever listener they came by.</summary>
    public RunningChanges Changes { get; } = new();

    /// <summary>The service manager, which is told how the daemon stands; null: nobody is.</summary>
    public Service? Service { get; init; }

    public required Readiness Readiness { get; init; }

    public required AccessControl Access { get; init; }

    /// <summary>Null where nothing is served over TCP.</summary>
    public Certificates? Certificates { get; init; }

    public required NodeMetrics Metrics { get; init; }

    /// <summary>What is measured of watches.</summary>
    public required WatchCounters Watches { get; init; }

    /// <summary>Asks whether the daemon's loop turns; null: there is no loop.</summary>
    public DaemonLiveness? Liveness { get; init; }

    /// <summary>Judges bonds and uplinks; null: nobody does.</summary>
    internal LinkHealthMonitor? LinkHealth { get; init; }

    /// <summary>Who is told what the daemon and the API's transactions do.</summary>
    public IReadOnlyList<IDaemonObserver> Observers { get; init; } = [];
}
