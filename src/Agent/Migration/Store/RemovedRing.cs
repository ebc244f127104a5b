namespace NodeAgent.Migration.Store;

/// <summary>Ids of the migrations that were told of last and are no longer. Not safe for threads; the owner locks.</summary>
internal sealed class RemovedRing(int capacity)
{
    private readonly (long Version, string Id)[] _ring = new (long, string)[capacity];
    private long _written;

    /// <summary>Removals up to this version may be missing.</summary>
    public long Forgotten { get; private set; }

    public void Add(long version, string id)
    {
        ref var slot = ref _ring[_written++ % _ring.Length];
        if (_written > _ring.Length) Forgotten = slot.Version;
        slot = (version, id);
    }

    public void CopyAfter(long version, List<string> into)
    {
        for (var i = _written - 1; i >= Math.Max(0, _written - _ring.Length) && _ring[i % _ring.Length].Version > version; i--) into.Add(_ring[i % _ring.Length].Id);
    }
}
