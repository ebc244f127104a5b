using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using NodeAgent.Migration.Store;
using NodeAgent.Node;

namespace NodeAgent.Api.Watching;

/// <summary>
/// The migrations of the node as messages of WatchMigrations: of samples the newest, of events every one. Of changes, which many are told,
/// a message has its bytes alone: a reader that is slow holds no more than those.
/// </summary>
public sealed class MigrationView(IMigrationBoard board, TimeProvider clock) : IWatchView<V1.WatchMigrationsResponse>
{
    private readonly DeltaCache<V1.WatchMigrationsResponse> _shared = new();

    // Used by one thread at a time, since the cache builds one batch at a time.
    private readonly MigrationDelta _delta = new();

    public long Epoch => board.Epoch;

    public long Version => board.Version;

    public bool IsReady => board.IsReady;

    public WatchBatch<V1.WatchMigrationsResponse> State()
    {
        var delta = new MigrationDelta();
        board.Since(0, delta);
        return new WatchBatch<V1.WatchMigrationsResponse>(delta.Version, new MigrationPacker(Epoch, clock.GetUtcNow(), delta).Messages(), 1);
    }

    public WatchBatch<V1.WatchMigrationsResponse>? Since(long version)
    {
        var now = board.Version;
        return version == now ? WatchBatch<V1.WatchMigrationsResponse>.Nothing(now) : _shared.Get(version, now, Build);
    }

    public V1.WatchMigrationsResponse Heartbeat(long version) => new() { Epoch = Epoch, Version = version, Heartbeat = true, Time = clock.GetUtcNow().ToTimestamp() };

    public void Subscribe(Pulse watcher) => board.Subscribe(watcher);

    public void Unsubscribe(Pulse watcher) => board.Unsubscribe(watcher);

    private WatchBatch<V1.WatchMigrationsResponse>? Build(long version)
    {
        board.Since(version, _delta);
        if (_delta.Full) return null;
        if (_delta.Changed.Count + _delta.Events.Count + _delta.Removed.Count == 0) return WatchBatch<V1.WatchMigrationsResponse>.Nothing(_delta.Version);
        var messages = new MigrationPacker(Epoch, clock.GetUtcNow(), _delta).Messages();
        return new WatchBatch<V1.WatchMigrationsResponse>(_delta.Version, [.. messages.Select(static whole => new V1.WatchMigrationsResponse { Encoded = whole.ToByteArray() })], _delta.Publications);
    }
}
