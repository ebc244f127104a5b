namespace NodeAgent.Api.Watching;

/// <summary>The changes that lead to the newest version, since most watchers are at the same one and are told the same.</summary>
internal sealed class DeltaCache<TMessage>
{
    private const int Kept = 16;

    private readonly Lock _lock = new();
    private readonly (long From, WatchBatch<TMessage> Batch)[] _entries = new (long, WatchBatch<TMessage>)[Kept];
    private int _next;
    private long _newest;

    /// <summary>What leads from one version to the newest: built by the first who asks, then shared.</summary>
    public WatchBatch<TMessage>? Get(long from, long newest, Func<long, WatchBatch<TMessage>?> build)
    {
        lock (_lock)
        {
            // What leads to an older one is asked for by nobody again, and may be large.
            if (newest > _newest)
            {
                Array.Clear(_entries);
                (_newest, _next) = (newest, 0);
            }

            foreach (var (known, batch) in _entries)
            {
                if (known == from && batch is not null && batch.Version >= newest) return batch;
            }

            var built = build(from);
            if (built is not null) _entries[_next++ % Kept] = (from, built);
            return built;
        }
    }
}
