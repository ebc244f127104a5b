namespace NodeAgent.Node;

/// <summary>
/// The keys that changed of late, by version, in a ring: who is behind asks what changed since and needs to remember nothing but a version.
/// Not safe for threads; the owner locks.
/// </summary>
internal sealed class ChangeLog(int capacity)
{
    private readonly (long Version, string Key)[] _ring = new (long, string)[capacity];
    private long _written;
    private long _forgotten;

    /// <summary>Changes up to this version are no longer known one by one.</summary>
    public long Forgotten => _forgotten;

    public void Add(long version, string key)
    {
        ref var slot = ref _ring[_written++ % _ring.Length];
        if (_written > _ring.Length) _forgotten = slot.Version;
        slot = (version, key);
    }

    /// <summary>Everything up to this version is to be taken as changed.</summary>
    public void Forget(long version) => (_forgotten, _written) = (version, 0);

    /// <summary>Adds the keys that changed after a version; false where that is no longer known.</summary>
    public bool Collect(long after, HashSet<string> keys)
    {
        if (after < _forgotten) return false;
        var count = Math.Min(_written, _ring.Length);
        for (var i = 1; i <= count; i++)
        {
            var (version, key) = _ring[(_written - i) % _ring.Length];
            if (version <= after) return true;
            keys.Add(key);
        }

        return true;
    }
}
