using NodeAgent.Node;
using NodeAgent.Storage.Store;

namespace NodeAgent.Api.Watching;

/// <summary>The storage of the node as messages of WatchStorage.</summary>
public sealed class StorageView(StorageStore store, TimeProvider clock) : IWatchView<V1.WatchStorageResponse>
{
    private readonly DeltaCache<V1.WatchStorageResponse> _shared = new();

    public long Epoch => store.Epoch;

    public long Version => store.Current.Version;

    public bool IsReady => store.Current.Source is not null;

    public WatchBatch<V1.WatchStorageResponse> State()
    {
        var state = store.Current;
        return new WatchBatch<V1.WatchStorageResponse>(state.Version, new StoragePacker(store.Epoch, state, clock.GetUtcNow()).State(), 1);
    }

    public WatchBatch<V1.WatchStorageResponse>? Since(long version)
    {
        var now = store.Current.Version;
        return version == now ? WatchBatch<V1.WatchStorageResponse>.Nothing(now) : _shared.Get(version, now, Build);
    }

    public V1.WatchStorageResponse Heartbeat(long version) => StoragePacker.New(store.Epoch, version, clock.GetUtcNow(), heartbeat: true);

    public void Subscribe(Pulse watcher) => store.Subscribe(watcher);

    public void Unsubscribe(Pulse watcher) => store.Unsubscribe(watcher);

    private WatchBatch<V1.WatchStorageResponse>? Build(long version)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        if (store.ChangedSince(version, keys, out var publications) is not { } state) return null;
        return new WatchBatch<V1.WatchStorageResponse>(state.Version, [.. new StoragePacker(store.Epoch, state, clock.GetUtcNow()).Change(version, keys)], publications);
    }
}
