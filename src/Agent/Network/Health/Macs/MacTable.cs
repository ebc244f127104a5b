using System.Collections.Frozen;
using System.Runtime.InteropServices;

namespace NodeAgent.Network.Health;

/// <summary>
/// Where addresses of interest were learned, and how they moved. Of interest is what was learned on a port that guests may sit behind, and
/// what was learned on one of several uplinks: what only ever comes in over a bridge's one uplink cannot move, however many thousands
/// there are. Bounded: beyond <see cref="Most"/> addresses no further ones are taken in. One owner, no locks.
/// </summary>
internal sealed class MacTable
{
    public const int Most = 32768;

    /// <summary>How long a move is remembered.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);

    private readonly Dictionary<MacKey, Entry> _entries = [];
    private readonly HashSet<MacKey> _moved = [];
    private readonly List<MacKey> _settled = [];
    private int _listing;

    /// <summary>Ports, by ifindex, that are their bridge's only uplink.</summary>
    public FrozenSet<int> OnlyUplinks { get; set; } = [];

    /// <summary>Addresses it has.</summary>
    public int Count => _entries.Count;

    /// <summary>Some moved within <see cref="Window"/>.</summary>
    public bool HasMoves => _moved.Count > 0;

    /// <summary>Moves since the start.</summary>
    public long Moves { get; private set; }

    /// <summary>There were more than <see cref="Most"/>.</summary>
    public bool IsFull { get; private set; }

    /// <summary>An address was learned on a port; true where it moved there.</summary>
    public bool Learn(MacKey key, int port, DateTimeOffset now)
    {
        ref var entry = ref CollectionsMarshal.GetValueRefOrNullRef(_entries, key);
        if (System.Runtime.CompilerServices.Unsafe.IsNullRef(ref entry))
        {
            if (OnlyUplinks.Contains(port)) return false;
            IsFull |= _entries.Count >= Most;
            if (_entries.Count < Most) _entries[key] = new Entry { Port = port, Listing = _listing };
            return false;
        }

        entry.Listing = _listing;
        if (entry.Port == port) return false;
        // Forgotten for a while is no move: a guest that went away, and came back behind another port.
        var moved = entry.Port != 0;
        if (moved)
        {
            (entry.History ??= new MoveHistory()).Add(now, entry.Port, port);
            _moved.Add(key);
            Moves++;
        }

        entry.Port = port;
        return moved;
    }

    /// <summary>An address aged out, or its port has gone.</summary>
    public void Forget(MacKey key)
    {
        ref var entry = ref CollectionsMarshal.GetValueRefOrNullRef(_entries, key);
        if (System.Runtime.CompilerServices.Unsafe.IsNullRef(ref entry)) return;
        if (entry.History is null) _entries.Remove(key);
        else entry.Port = 0;
    }

    /// <summary>What is learned from here to <see cref="EndList"/> is all there is.</summary>
    public void BeginList() => _listing++;

    public void EndList()
    {
        foreach (var (key, entry) in _entries)
        {
            if (entry.Listing != _listing) _settled.Add(key);
        }

        foreach (var key in _settled) Forget(key);
        _settled.Clear();
    }

    /// <summary>The addresses that moved of late; what has settled is let go.</summary>
    public IReadOnlyList<MacMoves> Moving(DateTimeOffset now)
    {
        if (_moved.Count == 0) return [];
        var moving = new List<MacMoves>();
        foreach (var key in _moved)
        {
            var history = _entries[key].History!;
            if (history.Last <= now - Window) _settled.Add(key);
            else moving.Add(new MacMoves(key, history.PortsSince(now - Window), history.Since(now - s_minute), history.ReturnsSince(now - Window)));
        }

        foreach (var key in _settled)
        {
            _moved.Remove(key);
            if (_entries[key].Port == 0) _entries.Remove(key);
            else CollectionsMarshal.GetValueRefOrNullRef(_entries, key).History = null;
        }

        _settled.Clear();
        return moving;
    }

    private struct Entry
    {
        /// <summary>0: forgotten, and remembered for its moves only.</summary>
        public int Port;
        public int Listing;
        public MoveHistory? History;
    }
}
