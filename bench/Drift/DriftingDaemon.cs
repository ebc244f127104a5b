using NodeAgent.Bench.Harness;
using NodeAgent.Native.Netlink;
using NodeAgent.Native.Rtnl;
using NodeAgent.Network;
using NodeAgent.Network.Drift;
using NodeAgent.Node;
using NodeAgent.Tests.Support;

namespace NodeAgent.Bench.Drift;

/// <summary>A drifting node in a network namespace of its own, the daemon that holds it, and the watch beside it.</summary>
internal sealed class DriftingDaemon : IDisposable
{
    private static readonly TimeSpan ReadyLimit = TimeSpan.FromSeconds(60);

    private readonly string _folder = Directory.CreateTempSubdirectory("nodeagent-bench-").FullName;
    // As /run is: in memory.
    private readonly string _run = Directory.CreateDirectory($"/dev/shm/nodeagent-bench-{Guid.NewGuid():N}").FullName;
    private readonly DaemonErrors _errors = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly NetworkEngine _engine;
    private readonly DriftDaemon _daemon;
    private readonly Thread _thread;
    private readonly RtnlMonitor _monitor;
    private readonly NetlinkConnection _connection;
    private int _threadId;

    private DriftingDaemon(int others)
    {
        DriftingNode.Create(others);
        var paths = new HostPaths { State = Path.Combine(_folder, "state"), Run = _run, Configuration = Path.Combine(_folder, "etc") };
        Directory.CreateDirectory(paths.PoliciesFolder);
        File.WriteAllText(Path.Combine(paths.PoliciesFolder, "bench.yaml"), DriftingNode.Policy);
        _engine = new NetworkEngine(new EngineOptions { Paths = paths });
        // One drift after the other would else be a tug of war.
        _daemon = new DriftDaemon(_engine, new DriftOptions { TugOfWarRepairs = int.MaxValue }, _errors, [new NodeStateStore(0)]);
        using var ready = new ManualResetEventSlim();
        _thread = new Thread(() =>
        {
            _threadId = CpuClock.ThreadId;
            _daemon.Run(ready.Set, _stop.Token);
        })
        {
            Name = $"daemon, {others}",
        };
        _thread.Start();
        if (!ready.Wait(ReadyLimit)) throw new InvalidOperationException($"The daemon did not get ready within {ReadyLimit.TotalSeconds} s: {_errors}.");
        if (!DriftingNode.IsInForce) throw new InvalidOperationException($"The policy is not in force: {_errors}.");
        _monitor = RtnlMonitor.Open();
        _connection = NetlinkConnection.Open();
        Watches = [.. DriftingNode.Drifts().Select(drift => new RepairWatch(_monitor, _connection, drift))];
    }

    /// <summary>One for each kind of drift.</summary>
    public IReadOnlyList<RepairWatch> Watches { get; }

    /// <summary>What the daemon's thread has used so far.</summary>
    public TimeSpan CpuTime => CpuClock.Of(_threadId);

    /// <param name="others">Links that no policy names.</param>
    public static DriftingDaemon Start(int others) => NetworkNamespace.Run(() => new DriftingDaemon(others));

    public void Dispose()
    {
        _stop.Cancel();
        _thread.Join();
        _daemon.Dispose();
        _engine.Dispose();
        _monitor.Dispose();
        _connection.Dispose();
        _stop.Dispose();
        Directory.Delete(_folder, recursive: true);
        Directory.Delete(_run, recursive: true);
    }
}
