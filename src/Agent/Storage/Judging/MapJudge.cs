using NodeAgent.Config;
using NodeAgent.Storage.Model;
using NodeAgent.Verdicts;

namespace NodeAgent.Storage.Judging;

/// <summary>
/// Judges a multipath map by its paths as device-mapper has them, against the best it ever had. A pure function: the same map, history
/// and time give the same verdict. What is expected of a map is the larger of what it had and what its table has.
/// </summary>
public static class MapJudge
{
    /// <summary>A table is changed within milliseconds: a map that is suspended for longer hangs.</summary>
    public static readonly TimeSpan SuspensionAllowed = TimeSpan.FromSeconds(10);

    /// <param name="map">As it was read.</param>
    /// <param name="history">What was remembered of it.</param>
    /// <param name="settings">When it is flapping.</param>
    /// <param name="initiators">What its paths go over, for the sentence.</param>
    /// <param name="now">When.</param>
    public static MapJudgement Judge(MultipathMap map, MapHistory history, StorageSettings settings, IReadOnlyDictionary<string, StorageInitiator> initiators, DateTimeOffset now)
    {
        var facts = new MapFacts(map, history.Best);
        DateTimeOffset? suspended = map.IsSuspended ? history.SuspendedSince ?? now : null;
        history = history with { SuspendedSince = suspended };
        if (!IsKnown(facts, history, now)) return Unknown(facts, history, now);
        history = PathTurns.Count(facts, history, settings, now);
        var flappingUntil = PathTurns.FlappingUntil(history, settings, now);
        var state = StateOf(facts);
        history = Enter(history, facts, state, now);
        var sentence = new MapSentence(facts, initiators).Of(state, history, flappingUntil is null ? null : settings);
        var verdict = Verdict(facts, history, SeverityOf(facts, state, flappingUntil is not null), sentence) with
        {
            IsFlapping = flappingUntil is not null,
            ReviewAt = Earlier(flappingUntil, suspended + SuspensionAllowed),
        };
        return new MapJudgement(verdict, history);
    }

    // A table that is being changed is suspended for a moment: until that is over the map stands as it did.
    private static bool IsKnown(MapFacts facts, MapHistory history, DateTimeOffset now) =>
        !(facts.Map.Error is not null && facts.Map.Groups.Count == 0)
        && !(history.SuspendedSince is { } since && (history.State is null or MapState.Unknown || now >= since + SuspensionAllowed));

    private static MapJudgement Unknown(MapFacts facts, MapHistory history, DateTimeOffset now)
    {
        history = Close(history, now) with { State = MapState.Unknown, Since = history.State == MapState.Unknown ? history.Since : now };
        return new MapJudgement(Verdict(facts, history, Severity.Unknown, MapSentence.OfUnknown(facts.Map, history)), history);
    }

    private static MapState StateOf(MapFacts facts) => facts switch
    {
        { Usable.Paths: 0 } => facts.Map.QueuesIfNoPath ? MapState.Queueing : MapState.Failed,
        { Usable.Paths: 1 } or { SharesAny: true } => MapState.NoRedundancy,
        _ when facts.Usable.Paths < facts.Expected.Paths => MapState.Degraded,
        // What could be read is well; the rest is not known to be.
        _ => facts.Map.Error is null ? MapState.Healthy : MapState.Unknown,
    };

    private static Severity SeverityOf(MapFacts facts, MapState state, bool flapping)
    {
        var severity = state switch
        {
            MapState.Healthy => Severity.Ok,
            MapState.Unknown => Severity.Unknown,
            MapState.Degraded => Severity.Warning,
            // Somebody wanted it so: nothing was lost.
            MapState.NoRedundancy when facts.ExpectsOne => Severity.Warning,
            _ => Severity.Critical,
        };
        return severity < Severity.Warning && (flapping || facts.HasDoubt) ? Severity.Warning : severity;
    }

    private static MapHistory Enter(MapHistory history, MapFacts facts, MapState state, DateTimeOffset now)
    {
        var lost = state is MapState.Failed or MapState.Queueing || (state == MapState.NoRedundancy && !facts.ExpectsOne);
        if (!lost) history = Close(history, now);
        return history with
        {
            Best = facts.Best,
            Since = history.State == state ? history.Since : now,
            State = state,
            QueueingSince = state == MapState.Queueing ? history.QueueingSince ?? now : null,
            LostSince = lost ? history.LostSince ?? now : null,
        };
    }

    private static MapHistory Close(MapHistory history, DateTimeOffset now) => history with { Lost = history.LostUntil(now), LostSince = null };

    private static MapVerdict Verdict(MapFacts facts, MapHistory history, Severity severity, string sentence) => new()
    {
        State = history.State!.Value,
        Severity = severity,
        Sentence = sentence,
        Since = history.Since,
        UsablePaths = facts.Usable.Paths,
        BestUsablePaths = history.Best.Paths,
        QueueingSince = history.QueueingSince,
    };

    private static DateTimeOffset? Earlier(DateTimeOffset? a, DateTimeOffset? b) => a is null || b < a ? b : a;
}
