using NodeAgent.Network.Applying;
using NodeAgent.Network.Drift;

namespace NodeAgent.Node;

/// <summary>
/// The one state of the node: the daemon's thread publishes, everybody reads <see cref="Current"/> without a lock.
/// A publication costs what changed; a watcher keeps a version and nothing else. What changed nothing is not published.
/// </summary>
/// <param name="epoch">Tells the versions of this process from those of another: the time of its start in Unix nanoseconds.</param>
/// <param name="history">How many changes of links are remembered one by one.</param>
public sealed class NodeStateStore(long epoch, int history = NodeStateStore.DefaultHistory) : IDaemonObserver
{
    public const int DefaultHistory = 8192;

    private readonly Lock _lock = new();
    private readonly ChangeLog _log = new(history);
    private readonly List<Pulse> _watchers = [];
    private volatile NodeState _current = NodeState.Empty;

    public long Epoch { get; } = epoch;

    public NodeState Current => _current;

    /// <summary>Takes in what the kernel's events changed.</summary>
    public void Publish(NetworkChange change)
    {
        lock (_lock)
        {
            var old = _current;
            var update = new LinkUpdate(old, change);
            if (update.Names.Count == 0 && !update.OthersChanged && old.IsListed) return;
            if (!old.IsListed) _log.Forget(update.Version);
            foreach (var name in update.Names) _log.Add(update.Version, name);
            if (update.OthersChanged) _log.Add(update.Version, null);
            Swap(update.State);
        }
    }

    /// <summary>Takes in how the policies stand.</summary>
    public void Publish(IReadOnlyList<PolicyStatus> policies)
    {
        lock (_lock) Swap(_current with { Version = _current.Version + 1, Policies = policies });
    }

    /// <summary>Takes in the newest transactions and the one that waits.</summary>
    public void Publish(IReadOnlyList<TransactionSummary> newest, WaitingTransaction? waiting)
    {
        lock (_lock)
        {
            if (waiting == _current.Waiting && newest.SequenceEqual(_current.Transactions)) return;
            Swap(_current with { Version = _current.Version + 1, Transactions = newest, Waiting = waiting });
        }
    }

    /// <summary>
    /// Adds the names of the links that changed, came or went after a version, up to the state that comes back;
    /// null where that is no longer known and everything must be told.
    /// </summary>
    /// <param name="version">What the asker knows.</param>
    /// <param name="names">Takes the names.</param>
    /// <param name="publications">At how many versions something changed.</param>
    public NodeState? ChangedSince(long version, HashSet<string> names, out int publications)
    {
        lock (_lock)
        {
            publications = version <= _current.Version ? _log.Collect(version, names) : -1;
            return publications < 0 ? null : _current;
        }
    }

    /// <summary>Signals a watcher at each publication from now on.</summary>
    public void Subscribe(Pulse watcher)
    {
        lock (_lock) _watchers.Add(watcher);
    }

    public void Unsubscribe(Pulse watcher)
    {
        lock (_lock) _watchers.Remove(watcher);
    }

    void IDaemonObserver.Changed(NetworkChange change) => Publish(change);

    void IDaemonObserver.Policies(IReadOnlyList<PolicyStatus> policies) => Publish(policies);

    void IDaemonObserver.Transactions(IReadOnlyList<TransactionSummary> newest, WaitingTransaction? waiting) => Publish(newest, waiting);

    private void Swap(NodeState state)
    {
        _current = state;
        foreach (var watcher in _watchers) watcher.Set();
    }
}
