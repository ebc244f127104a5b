namespace NodeAgent.Network.Model;

/// <summary>The VLANs of a bridge port or of the bridge itself: sorted ranges without overlap, neighbours of the same flags merged.</summary>
public sealed class VlanTable : IEquatable<VlanTable>
{
    public const int MaxId = 4094;

    public static readonly VlanTable Empty = new([]);

    private static readonly VlanTable s_default = new([new VlanRange(1, 1, true, true)]);

    private readonly VlanRange[] _ranges;

    private VlanTable(VlanRange[] ranges) => _ranges = ranges;

    public IReadOnlyList<VlanRange> Ranges => _ranges;

    public bool IsEmpty => _ranges.Length == 0;

    /// <summary>The id that untagged frames belong to, or null.</summary>
    public int? Pvid
    {
        get
        {
            foreach (var range in _ranges)
            {
                if (range.Pvid) return range.First;
            }

            return null;
        }
    }

    /// <summary>What the kernel gives to a bridge and to a port that joins it, by the bridge's default PVID (0: none).</summary>
    public static VlanTable Default(long pvid) => pvid switch
    {
        1 => s_default,
        0 => Empty,
        _ => new([new VlanRange((int)pvid, (int)pvid, true, true)]),
    };

    /// <summary>Builds a table; a later range wins over an earlier one where they overlap.</summary>
    public static VlanTable Of(IEnumerable<VlanRange> ranges)
    {
        Span<byte> flags = stackalloc byte[MaxId + 2];
        flags.Clear();
        foreach (var range in ranges)
        {
            var flag = (byte)(1 | (range.Pvid ? 2 : 0) | (range.Untagged ? 4 : 0));
            for (var id = Math.Max(1, range.First); id <= Math.Min(MaxId, range.Last); id++) flags[id] = flag;
        }

        return FromFlags(flags);
    }

    public bool Contains(int id)
    {
        foreach (var range in _ranges)
        {
            if (range.Contains(id)) return true;
        }

        return false;
    }

    /// <summary>What is here and not (with the same flags) in the other table.</summary>
    public VlanTable Except(VlanTable other)
    {
        Span<byte> mine = stackalloc byte[MaxId + 2], theirs = stackalloc byte[MaxId + 2];
        Fill(mine);
        other.Fill(theirs);
        for (var id = 1; id <= MaxId; id++)
        {
            if (mine[id] == theirs[id]) mine[id] = 0;
        }

        return FromFlags(mine);
    }

    /// <summary>The ids here that are in the other table with no regard to flags (<paramref name="keep"/> true), or that are not (false).</summary>
    public VlanTable WhereIds(VlanTable other, bool keep)
    {
        Span<byte> mine = stackalloc byte[MaxId + 2];
        Fill(mine);
        for (var id = 1; id <= MaxId; id++)
        {
            if (mine[id] != 0 && other.Contains(id) != keep) mine[id] = 0;
        }

        return FromFlags(mine);
    }

    public bool Equals(VlanTable? other) => other is not null && _ranges.AsSpan().SequenceEqual(other._ranges);

    public override bool Equals(object? obj) => Equals(obj as VlanTable);

    public override int GetHashCode() => _ranges.Length == 0 ? 0 : HashCode.Combine(_ranges.Length, _ranges[0], _ranges[^1]);

    /// <summary>For example "1 native, 21-100".</summary>
    public override string ToString() => _ranges.Length == 0 ? "none" : string.Join(", ", _ranges);

    private void Fill(Span<byte> flags)
    {
        flags.Clear();
        foreach (var range in _ranges)
        {
            flags[range.First..(range.Last + 1)].Fill((byte)(1 | (range.Pvid ? 2 : 0) | (range.Untagged ? 4 : 0)));
        }
    }

    private static VlanTable FromFlags(ReadOnlySpan<byte> flags)
    {
        var ranges = new List<VlanRange>();
        for (var id = 1; id <= MaxId; id++)
        {
            if (flags[id] == 0) continue;
            var last = id;
            while (last < MaxId && flags[last + 1] == flags[id] && (flags[id] & 2) == 0) last++;
            ranges.Add(new VlanRange(id, last, (flags[id] & 2) != 0, (flags[id] & 4) != 0));
            id = last;
        }

        return ranges.Count == 0 ? Empty : new VlanTable([.. ranges]);
    }
}
