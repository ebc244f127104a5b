using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using NodeAgent.Files;
using NodeAgent.Native.Netlink;
using NodeAgent.Native.Rtnl;

namespace NodeAgent.Network.Drift;

/// <summary>
/// Keeps the node as its policies say: recovers what a crash left, applies policies that are new, then sleeps until the kernel
/// or the disk says that something changed. Runs on the thread that calls <see cref="Run"/>, in that thread's namespace.
/// </summary>
public sealed class DriftDaemon : IDisposable
{
    // A repair that fails may have been planned in the middle of somebody's change: the rest of its events is awaited before it counts as failed.
    private const int Attempts = 3;
    private static readonly TimeSpan s_settle = TimeSpan.FromMilliseconds(20);

    private static readonly TimeSpan s_troubleRetry = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan s_busyRetry = TimeSpan.FromMilliseconds(50);

    private readonly NetworkEngine _engine;
    private readonly ILogger _log;
    private readonly RtnlMonitor _monitor = RtnlMonitor.Open();
    private readonly Observers _observers;
    private readonly TransactionBoard _transactions;
    private readonly PolicyApplier _applier;
    private readonly PolicyLoader _loader;
    private readonly Reconciler _reconciler;
    private readonly HashSet<string> _dirty = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<int> _asked = new();
    private TimeSpan _wait = TimeSpan.Zero;
    private bool _ready;
    private bool _allDirty = true;
    private bool _routesDirty = true;
    private volatile bool _filesChanged = true;
    private volatile bool _journalChanged = true;
    private volatile bool _reload;

    /// <param name="engine">Made on the thread that is to call <see cref="Run"/>.</param>
    /// <param name="options">When repairing stops.</param>
    /// <param name="log">Where it says what it does.</param>
    /// <param name="observers">Who is told of it, on the daemon's thread.</param>
    public DriftDaemon(NetworkEngine engine, DriftOptions options, ILogger log, IReadOnlyList<IDaemonObserver>? observers = null)
    {
        _engine = engine;
        _log = log;
        _observers = new Observers(observers ?? []);
        _transactions = new TransactionBoard(engine, _observers);
        Liveness = new DaemonLiveness(engine.Options.Clock, _monitor.Wake);
        _applier = new PolicyApplier(engine, Liveness, _transactions, _observers);
        var board = new PolicyBoard(engine.Options.Paths, _observers, log);
        _loader = new PolicyLoader(engine, board, _applier, log);
        _reconciler = new Reconciler(engine, options, board, log);
    }

    /// <summary>Whether <see cref="Run"/> still turns.</summary>
    public DaemonLiveness Liveness { get; }

    /// <summary>When repairing stops; from any thread.</summary>
    public DriftOptions Options
    {
        get => _reconciler.Options;
        set => _reconciler.Options = value;
    }

    /// <summary>Repairs since the start.</summary>
    public long Repairs => _reconciler.Repairs;

    /// <summary>Messages the kernel sent about changes, since the start.</summary>
    public long NetlinkMessages => _monitor.Messages;

    /// <summary>How often messages were lost since the start.</summary>
    public long NetlinkOverflows => _monitor.Overflows;

    /// <summary>How often everything had to be listed anew since the start.</summary>
    public long Relists { get; private set; }

    /// <summary>Drift seen since the start, by policy, link and field.</summary>
    public IReadOnlyDictionary<(string Policy, string Link, string Field), long> DriftCounts => _reconciler.Counts;

    /// <summary>Reads all policies again and starts afresh where repairing had stopped (SIGHUP); from any thread.</summary>
    public void Reload()
    {
        _reload = true;
        _monitor.Wake();
    }

    /// <summary>Asks the kernel for links, by ifindex, of which somebody knows that they are not as the last event had them; from any thread.</summary>
    public void LookAgain(IReadOnlyCollection<int> links)
    {
        foreach (var link in links) _asked.Enqueue(link);
        _monitor.Wake();
    }

    /// <summary>Works until cancelled. <paramref name="onReady"/> is called once the policies found at the start are applied.</summary>
    public void Run(Action? onReady, CancellationToken cancellation)
    {
        using var stop = cancellation.Register(_monitor.Stop);
        using var watcher = new PolicyWatcher(_engine.Options.Paths, () =>
        {
            _journalChanged = true;
            _filesChanged = true;
            _monitor.Wake();
        });
        var feed = new EventFeed(_monitor, _engine.Kernel, _engine.Kernel.List()) { Asked = _asked };
        _observers.Changed(new NetworkChange(null, feed.State.Snapshot, "start", true));
        _applier.WhileWaiting = () => Drain(feed, TimeSpan.Zero);
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                if (!Turn(feed, onReady, cancellation)) return;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or NetlinkException)
            {
                // A full disk or a kernel that is too busy to list passes; what was not looked at still is to be.
                _log.Troubled(e.Message, s_troubleRetry.TotalSeconds);
                _allDirty = true;
                cancellation.WaitHandle.WaitOne(s_troubleRetry);
            }
        }
    }

    // Acts on what is due, then waits for more; false where the daemon was stopped.
    private bool Turn(EventFeed feed, Action? onReady, CancellationToken cancellation)
    {
        TellTransactions();
        var due = _filesChanged || _reload || _allDirty || _routesDirty || _dirty.Count > 0;
        if (due || _reconciler.RetryDue()) _wait = Act(feed, cancellation);
        // Not as long as another process holds the lock: then nothing was looked at yet.
        if (!_ready && !_filesChanged && !_allDirty)
        {
            _ready = true;
            _log.Watching(_loader.Index.All.Interfaces.Count, _loader.Count, feed.State.Snapshot.Links.Count);
            onReady?.Invoke();
            Heap.GiveBack();
        }

        Liveness.Turned();
        var relists = feed.Relists;
        if (feed.Next(UntilNext(_wait)) is not { } change) return false;
        Collect(change, feed);
        if (feed.Relists == relists) return true;
        Relists = feed.Relists;
        _log.Relisted(feed.Relists);
        Heap.GiveBack();
        return true;
    }

    public void Dispose() => _monitor.Dispose();

    // The call that woke the monitor may have come, and been read, while the daemon was at work on something else.
    private TimeSpan UntilNext(TimeSpan wait) =>
        (_filesChanged || _journalChanged || _reload) && (wait < TimeSpan.Zero || wait > s_busyRetry) ? TimeSpan.Zero : wait;

    // Returns how long to sleep if nothing else happens.
    private TimeSpan Act(EventFeed feed, CancellationToken cancellation)
    {
        var state = _engine.Options.Paths.State;
        if (_reload)
        {
            _reload = false;
            _filesChanged = true;
            _reconciler.Forgive(null);
        }

        if (_filesChanged)
        {
            var (changed, busy) = LoadPolicies(cancellation);
            if (busy) return s_busyRetry;
            if (changed) _allDirty = true;
        }

        using (var held = NodeLock.TryTake(state, TimeSpan.Zero, _engine.Options.Clock))
        {
            if (held is null) return s_busyRetry;
            if (held.FormerDied)
            {
                foreach (var line in _engine.Recover(null)) _log.Recovered(line);
            }

            for (var attempt = 1; ; attempt++)
            {
                Drain(feed, attempt == 1 ? TimeSpan.Zero : s_settle);
                if (_loader.IsStale())
                {
                    _filesChanged = true;
                    return TimeSpan.Zero;
                }

                var retry = _reconciler.Reconcile(feed.State.Snapshot, _loader, _allDirty ? null : _dirty, _routesDirty, isLast: attempt == Attempts);
                if (retry == Reconciler.Again) continue;
                _dirty.Clear();
                _allDirty = false;
                _routesDirty = false;
                return retry ?? Timeout.InfiniteTimeSpan;
            }
        }
    }

    private void TellTransactions()
    {
        if (!_journalChanged) return;
        _journalChanged = false;
        _transactions.Refresh();
    }

    // Whoever held the kernel's or the node's lock before caused events that must be read before anything is judged.
    private void Drain(EventFeed feed, TimeSpan wait)
    {
        while (feed.Next(wait) is { } change && change.Reason != EventFeed.Quiet)
        {
            Collect(change, feed);
            wait = TimeSpan.Zero;
        }
    }

    private (bool Changed, bool Busy) LoadPolicies(CancellationToken cancellation)
    {
        _filesChanged = false;
        var result = _loader.Load(cancellation);
        if (result.Busy)
        {
            _filesChanged = true;
            return (false, true);
        }

        foreach (var name in result.Applied) _reconciler.Forgive(name);
        _reconciler.SetConditions(result.Conditions);
        return (result.Changed, false);
    }

    private void Collect(NetworkChange change, EventFeed feed)
    {
        if (change.Links is not [] || change.RoutesChanged) _observers.Changed(change);
        _reconciler.Heard(feed.Senders);
        if (change.Links is null) _allDirty = true;
        else _dirty.UnionWith(change.Links);
        _routesDirty |= change.RoutesChanged;
    }
}
