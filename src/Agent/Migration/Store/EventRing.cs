namespace NodeAgent.Migration.Store;

/// <summary>The newest events, by sequence number. Not safe for threads; the owner locks.</summary>
internal sealed class EventRing(int capacity)
{
    private readonly MigrationEvent[] _ring = new MigrationEvent[capacity];

    /// <summary>Of the newest; 0 before the first.</summary>
    public long Last { get; private set; }

    /// <summary>Events up to this version may be missing.</summary>
    public long Forgotten { get; private set; }

    /// <summary>Gives it its sequence number.</summary>
    public MigrationEvent Add(in MigrationEvent happened)
    {
        ref var slot = ref _ring[Last++ % _ring.Length];
        if (Last > _ring.Length) Forgotten = slot.Version;
        slot = happened with { Sequence = Last };
        return slot;
    }

    /// <summary>Adds those after a version, in order.</summary>
    public void CopyAfter(long version, List<MigrationEvent> into)
    {
        var first = Last;
        while (first > Oldest && At(first).Version > version) first--;
        for (var i = first + 1; i <= Last; i++) into.Add(At(i));
    }

    /// <summary>Adds those of migrations that are told of, in order.</summary>
    public void CopyOf<T>(Dictionary<string, T> told, List<MigrationEvent> into)
    {
        for (var i = Oldest + 1; i <= Last; i++)
        {
            if (told.ContainsKey(At(i).Migration)) into.Add(At(i));
        }
    }

    /// <summary>The sequence number before the first that is kept.</summary>
    private long Oldest => Math.Max(0, Last - _ring.Length);

    private ref readonly MigrationEvent At(long sequence) => ref _ring[(sequence - 1) % _ring.Length];
}
