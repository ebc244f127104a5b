using NodeAgent.Node;

namespace NodeAgent.Api.Watching;

/// <summary>The links of the node, and the routes that leave by none, as messages of WatchLinks.</summary>
/// <param name="store">The node's state.</param>
/// <param name="names">The links to tell of, and no other routes; null: everything.</param>
public sealed class LinkView(NodeStateStore store, IReadOnlySet<string>? names = null) : IWatchView<V1.WatchLinksResponse>
{
    // Watchers of everything are many and alike; each of the others asks for its own.
    private readonly DeltaCache<V1.WatchLinksResponse>? _shared = names is null ? new() : null;

    public long Epoch => store.Epoch;

    public long Version => store.Current.Version;

    public bool IsReady => store.Current.IsListed;

    public WatchBatch<V1.WatchLinksResponse> State()
    {
        var state = store.Current;
        var packer = new LinkPacker(store.Epoch, state);
        return new WatchBatch<V1.WatchLinksResponse>(state.Version, packer.State(names?.Where(state.Links.ContainsKey) ?? state.Links.Keys, others: names is null), 1);
    }

    public WatchBatch<V1.WatchLinksResponse>? Since(long version)
    {
        var now = store.Current;
        if (version >= now.LinksVersion && version <= now.Version) return WatchBatch<V1.WatchLinksResponse>.Nothing(now.Version);
        return _shared is null ? Build(version) : _shared.Get(version, now.Version, Build);
    }

    public V1.WatchLinksResponse Heartbeat(long version) => new() { Epoch = store.Epoch, Version = version, Heartbeat = true };

    public void Subscribe(Pulse watcher) => store.Subscribe(watcher);

    public void Unsubscribe(Pulse watcher) => store.Unsubscribe(watcher);

    private WatchBatch<V1.WatchLinksResponse>? Build(long version)
    {
        var changed = new HashSet<string>(StringComparer.Ordinal);
        if (store.ChangedSince(version, changed, out var publications) is not { } state) return null;
        if (names is not null) changed.IntersectWith(names);
        var others = names is null && state.OtherRoutesVersion > version;
        if (changed.Count == 0 && !others) return WatchBatch<V1.WatchLinksResponse>.Nothing(state.Version);
        return new WatchBatch<V1.WatchLinksResponse>(state.Version, [.. new LinkPacker(store.Epoch, state).Change(changed, others)], publications);
    }
}
