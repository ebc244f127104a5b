namespace NodeAgent.Node;

/// <summary>
/// The keys that changed of late, by version, in a ring: who is behind asks what changed since and needs to remember nothing but a version.
/// Not safe for threads; the owner locks.
/// </summary>
internal sealed class ChangeLog(int capacity)
{
    private readonly (long Version, string? Key)[] _ring = new (long, string?)[capacity];
    private long _written;
    private long _forgotten;

    /// <param name="version">Not smaller than any before.</param>
    /// <param name="key">What changed; null: something that has no key.</param>
    public void Add(long version, string? key)
    {
        ref var slot = ref _ring[_written++ % _ring.Length];
        if (_written > _ring.Length) _forgotten = slot.Version;
        slot = (version, key);
    }

    /// <summary>Everything up to this version is to be taken as changed.</summary>
    public void Forget(long version) => (_forgotten, _written) = (version, 0);

    /// <summary>Adds the keys that changed after a version and returns at how many versions they did; -1 where that is no longer known.</summary>
    public int Collect(long after, HashSet<string> keys)
    {
        if (after < _forgotten) return -1;
        var versions = 0;
        var last = long.MaxValue;
        for (var i = _written - 1; i >= Math.Max(0, _written - _ring.Length); i--)
        {
            var (version, key) = _ring[i % _ring.Length];
            if (version <= after) break;
            if (version != last) versions++;
            last = version;
            if (key is not null) keys.Add(key);
        }

        return versions;
    }
}
