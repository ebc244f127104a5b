using System.Collections.Immutable;
using NodeAgent.Config;

namespace NodeAgent.Storage.Judging;

/// <summary>
/// Counts how often the number of a map's paths turned from shrinking to growing or back. Four paths that go one by one when an adapter
/// fails are one turn; one path that goes and comes is two, also where it happened between two readings (device-mapper counts failures).
/// </summary>
internal static class PathTurns
{
    public static MapHistory Count(MapFacts facts, MapHistory history, StorageSettings settings, DateTimeOffset now)
    {
        var usable = facts.Usable.Paths;
        var seen = history with { Usable = usable, FailCount = facts.FailCount };
        if (history.State is null) return seen with { WentDown = usable == 0 };
        var change = usable - history.Usable;
        var turned = change != 0 && change < 0 != history.WentDown;
        var count = (turned ? 1 : 0) + (2 * Unseen(facts, history, change));
        var turns = Kept(history.Turns, settings, now);
        if (count > 0) turns = [.. turns.Concat(Enumerable.Repeat(now, Math.Min(count, settings.FlappingChanges))).TakeLast(settings.FlappingChanges)];
        return seen with { WentDown = change == 0 ? history.WentDown : change < 0, Turns = turns };
    }

    /// <summary>When it will have been quiet for long enough; null where it is not flapping.</summary>
    public static DateTimeOffset? FlappingUntil(MapHistory history, StorageSettings settings, DateTimeOffset now)
    {
        var turns = history.Turns;
        if (turns.Length < settings.FlappingChanges) return null;
        var until = turns[^settings.FlappingChanges] + settings.FlappingWindow;
        return until > now ? until : null;
    }

    // Paths that failed and were back before anybody looked.
    private static int Unseen(MapFacts facts, MapHistory history, int change)
    {
        if (history.FailCount is not { } before || facts.FailCount <= before) return 0;
        return (int)Math.Clamp((long)(facts.FailCount - before) - Math.Max(0, -change), 0, int.MaxValue / 4);
    }

    private static ImmutableArray<DateTimeOffset> Kept(ImmutableArray<DateTimeOffset> turns, StorageSettings settings, DateTimeOffset now)
    {
        var from = 0;
        while (from < turns.Length && turns[from] + settings.FlappingWindow <= now) from++;
        return from == 0 ? turns : turns[from..];
    }
}
