namespace NodeAgent.Network.Health;

/// <summary>The last moves of an address between ports, in a ring: an address that moves all the time costs no more than one that moved once.</summary>
internal sealed class MoveHistory
{
    /// <summary>Moves that are remembered.</summary>
    public const int Kept = 16;

    private readonly (DateTimeOffset Time, int From, int To)[] _ring = new (DateTimeOffset, int, int)[Kept];
    private int _written;

    public DateTimeOffset Last => _written == 0 ? DateTimeOffset.MinValue : _ring[(_written - 1) % Kept].Time;

    public void Add(DateTimeOffset time, int from, int to)
    {
        // Only its place in the ring and whether there were as many as fit matter.
        if (_written == int.MaxValue) _written = Kept * 2;
        _ring[_written++ % Kept] = (time, from, to);
    }

    /// <summary>Moves after a time, of those remembered.</summary>
    public int Since(DateTimeOffset time)
    {
        var count = 0;
        for (var i = 0; i < Math.Min(_written, Kept); i++)
        {
            if (_ring[i].Time > time) count++;
        }

        return count;
    }

    /// <summary>Moves after a time that went back to where the move before it had come from.</summary>
    public int ReturnsSince(DateTimeOffset time)
    {
        var returns = 0;
        for (var i = Math.Max(1, _written - Kept + 1); i < _written; i++)
        {
            var (before, move) = (_ring[(i - 1) % Kept], _ring[i % Kept]);
            if (move.Time > time && before.From == move.To && before.To == move.From) returns++;
        }

        return returns;
    }

    /// <summary>The ports of the moves after a time, by ifindex.</summary>
    public IReadOnlyList<int> PortsSince(DateTimeOffset time)
    {
        var ports = new SortedSet<int>();
        for (var i = 0; i < Math.Min(_written, Kept); i++)
        {
            if (_ring[i].Time <= time) continue;
            ports.Add(_ring[i].From);
            ports.Add(_ring[i].To);
        }

        return [.. ports];
    }
}
