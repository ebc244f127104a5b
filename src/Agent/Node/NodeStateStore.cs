using NodeAgent.Network.Drift;

namespace NodeAgent.Node;

/// <summary>
/// The one state of the node: the daemon's thread publishes, everybody reads <see cref="Current"/> without a lock.
/// A publication costs what changed; a watcher keeps a version and nothing else.
/// </summary>
public sealed class NodeStateStore(long epoch, int history = NodeStateStore.DefaultHistory)
{
    public const int DefaultHistory = 8192;

    private readonly Lock _lock = new();
    private readonly ChangeLog _log = new(history);
    private volatile NodeState _current = NodeState.Empty;
    private TaskCompletionSource? _next;

    /// <summary>Tells the versions of this process from those of another: the time of its start in Unix nanoseconds.</summary>
    public long Epoch { get; } = epoch;

    public NodeState Current => _current;

    /// <summary>Takes in what the kernel's events changed. Called by one thread only: the snapshot's owner.</summary>
    public void Publish(NetworkChange change)
    {
        if (change.Links is [] && !change.RoutesChanged) return;
        var old = _current;
        var version = old.Version + 1;
        var all = change.Links is null;
        var links = (all ? NodeState.Empty.Links : old.Links).ToBuilder();
        foreach (var name in change.Links ?? change.Snapshot.Links.Keys)
        {
            if (change.Snapshot.Find(name) is { } link) links[name] = new NodeLink(link, [.. change.Snapshot.Routes.OfDevice(name)], version);
            else links.Remove(name);
        }

        var others = change.RoutesChanged || all ? [.. change.Snapshot.Routes.WithoutDevice] : old.OtherRoutes;
        Swap(old with { Version = version, Links = links.ToImmutable(), OtherRoutes = others, IsListed = true }, change.Links);
    }

    /// <summary>Takes in how the policies stand.</summary>
    public void Publish(IReadOnlyList<PolicyStatus> policies)
    {
        var old = _current;
        Swap(old with { Version = old.Version + 1, Policies = policies }, []);
    }

    /// <summary>Adds the names of the links that changed, came or went after a version; false where that is no longer known and everything must be told.</summary>
    public bool ChangedSince(long version, HashSet<string> names)
    {
        lock (_lock) return version <= _current.Version && _log.Collect(version, names);
    }

    /// <summary>Ends once the state is newer than a version.</summary>
    public Task WaitAsync(long version, CancellationToken cancellation)
    {
        lock (_lock)
        {
            if (_current.Version > version) return Task.CompletedTask;
            _next ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _next.Task.WaitAsync(cancellation);
        }
    }

    // Names null: everything.
    private void Swap(NodeState state, IReadOnlyList<string>? names)
    {
        TaskCompletionSource? waiting;
        lock (_lock)
        {
            if (names is null) _log.Forget(state.Version);
            else foreach (var name in names) _log.Add(state.Version, name);
            _current = state;
            (waiting, _next) = (_next, null);
        }

        waiting?.SetResult();
    }
}
