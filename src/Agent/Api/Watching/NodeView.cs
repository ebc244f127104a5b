using Microsoft.Extensions.Logging;
using NodeAgent.Api.Nodes;
using NodeAgent.Hosting;
using NodeAgent.Migration.Store;
using NodeAgent.Node;
using NodeAgent.Verdicts;

namespace NodeAgent.Api.Watching;

/// <summary>
/// The node as a whole, as messages of WatchNode. Each costs a look at every link, so there are at most four a second however many
/// links change, one for all watchers, and none where nothing of it changed.
/// </summary>
public sealed class NodeView(NodeSummary summary, NodeStateStore store, Readiness readiness, VerdictBoard verdicts, IMigrationBoard? migrations, TimeProvider clock, ILogger log) : IWatchView<V1.WatchNodeResponse>
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(250);

    private readonly Pulse _changed = new();
    private readonly Lock _lock = new();
    private readonly List<Pulse> _watchers = [];
    private readonly Lock _building = new();
    private V1.WatchNodeResponse _newest = new();
    private bool _following;
    private bool _failing;

    public long Epoch => store.Epoch;

    public long Version => Newest.Version;

    public bool IsReady => store.Current.IsListed;

    /// <summary>The node as it is now.</summary>
    public V1.Node Build() => summary.Build();

    public WatchBatch<V1.WatchNodeResponse> State()
    {
        Refresh();
        return new WatchBatch<V1.WatchNodeResponse>(Newest.Version, [Newest], 1);
    }

    public WatchBatch<V1.WatchNodeResponse> Since(long version)
    {
        var newest = Newest;
        return new WatchBatch<V1.WatchNodeResponse>(newest.Version, [newest], (int)(newest.Version - version));
    }

    public V1.WatchNodeResponse Heartbeat(long version) => new() { Epoch = Epoch, Version = version, Heartbeat = true };

    public void Subscribe(Pulse watcher)
    {
        lock (_lock)
        {
            _watchers.Add(watcher);
            if (_following) return;
            _following = true;
        }

        _ = FollowAsync();
    }

    public void Unsubscribe(Pulse watcher)
    {
        lock (_lock) _watchers.Remove(watcher);
        _changed.Set();
    }

    private V1.WatchNodeResponse Newest => Volatile.Read(ref _newest);

    // As long as somebody watches.
    private async Task FollowAsync()
    {
        store.Subscribe(_changed);
        migrations?.Subscribe(_changed);
        readiness.Changed += _changed.Set;
        verdicts.Changed += _changed.Set;
        while (true)
        {
            TryRefresh();
            await Task.Delay(s_pause, clock).ConfigureAwait(false);
            await _changed.WaitAsync().ConfigureAwait(false);
            lock (_lock)
            {
                if (_watchers.Count > 0) continue;
                _following = false;
                store.Unsubscribe(_changed);
                migrations?.Unsubscribe(_changed);
                readiness.Changed -= _changed.Set;
                verdicts.Changed -= _changed.Set;
                return;
            }
        }
    }

    // A page that cannot be made is made at the next change: watchers are not left without any for ever.
    private void TryRefresh()
    {
        try
        {
            Refresh();
            _failing = false;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            if (!_failing) log.Defect("WatchNode", e);
            _failing = true;
        }
    }

    private void Refresh()
    {
        lock (_building)
        {
            var known = _newest;
            var node = summary.Build();
            var time = node.Time;
            node.Time = known.Node?.Time;
            if (node.Equals(known.Node)) return;
            node.Time = time;
            Volatile.Write(ref _newest, new V1.WatchNodeResponse { Epoch = Epoch, Version = known.Version + 1, Node = node });
        }

        lock (_lock)
        {
            foreach (var watcher in _watchers) watcher.Set();
        }
    }
}
