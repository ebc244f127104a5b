namespace NodeAgent.Migration.Drain;

/// <summary>How long several migrations take where so many run at a time.</summary>
internal static class Lanes
{
    /// <summary>Of the guests that can be moved: no sooner than longest first with all as quick as they can be, no later than any order with all as slow. Null: nobody can say.</summary>
    public static (double? Low, double? High) Span(IReadOnlyList<GuestDrain> guests, int lanes)
    {
        var moved = guests.Where(static g => g.Blockers.Count == 0).ToList();
        if (moved.Exists(static g => g.LowSeconds is null)) return (null, null);
        var low = LongestFirst([.. moved.Select(static g => g.LowSeconds ?? 0)], lanes);
        return (low, moved.Exists(static g => g.HighSeconds is null) ? null : Math.Max(low, AnyOrder([.. moved.Select(static g => g.HighSeconds ?? 0)], lanes)));
    }

    private static double LongestFirst(double[] seconds, int lanes)
    {
        Array.Sort(seconds, static (a, b) => b.CompareTo(a));
        var free = new PriorityQueue<int, double>(lanes);
        for (var lane = 0; lane < lanes; lane++) free.Enqueue(lane, 0);
        double end = 0;
        foreach (var one in seconds)
        {
            free.TryDequeue(out var lane, out var at);
            end = Math.Max(end, at + one);
            free.Enqueue(lane, at + one);
        }

        return end;
    }

    // A lane is never idle while one waits: the last to end began when every other lane was busy (Graham 1966).
    private static double AnyOrder(double[] seconds, int lanes)
    {
        if (seconds.Length == 0) return 0;
        var longest = seconds.Max();
        return longest + ((seconds.Sum() - longest) / lanes);
    }
}
