namespace NodeAgent.Storage.Reading;

/// <summary>What a worker is to look at next: some, or all. From any thread.</summary>
internal sealed class Pending<T>
{
    private readonly Lock _gate = new();
    private HashSet<T> _some = [];
    private bool _all;
    private long? _since;

    public void AddAll(long? eventTimestamp = null)
    {
        lock (_gate)
        {
            _all = true;
            Note(eventTimestamp);
        }
    }

    public void Add(T item, long? eventTimestamp = null)
    {
        lock (_gate)
        {
            _some.Add(item);
            Note(eventTimestamp);
        }
    }

    /// <summary>Takes what there is; null: all.</summary>
    /// <param name="eventTimestamp">Of the first event that asked for it.</param>
    public HashSet<T>? Take(out long? eventTimestamp)
    {
        lock (_gate)
        {
            var some = _all ? null : _some;
            eventTimestamp = _since;
            (_some, _all, _since) = ([], false, null);
            return some;
        }
    }

    private void Note(long? eventTimestamp) => _since ??= eventTimestamp;
}
