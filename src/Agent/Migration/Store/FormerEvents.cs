using System.Runtime.InteropServices;

namespace NodeAgent.Migration.Store;

/// <summary>
/// What happened in migrations that are told of but is no longer (or, after a restart, was never) kept event by event: made again from the
/// passes, verdicts and phases of each. Sequence 0: its place among the others is not known any more, but that it was before them.
/// </summary>
internal static class FormerEvents
{
    /// <param name="entries">The migrations told of.</param>
    /// <param name="kept">Their events that are kept.</param>
    public static List<MigrationEvent> Of(IEnumerable<MigrationEntry> entries, List<MigrationEvent> kept)
    {
        var counts = new Dictionary<string, Counts>(StringComparer.Ordinal);
        foreach (ref readonly var happened in CollectionsMarshal.AsSpan(kept)) CollectionsMarshal.GetValueRefOrAddDefault(counts, happened.Migration, out _).Add(happened.Kind);
        var former = new List<MigrationEvent>();
        foreach (var entry in entries) Add(entry, counts.GetValueOrDefault(entry.Status.Id), former);
        return former;
    }

    private static void Add(MigrationEntry entry, in Counts kept, List<MigrationEvent> into)
    {
        var status = entry.Status;
        if (!kept.Started) into.Add(Event(entry, MigrationEventKind.Started, status.Started) with { FoundUnderWay = status.FoundUnderWay });
        // The first phase and the first verdict come with the start.
        var phases = Untold(entry.Phases, kept.Phases, entry.Phases is [var phase, ..] && phase.Time <= status.Started).Select(one => Event(entry, MigrationEventKind.Phase, one.Time) with { Phase = one.Phase });
        var passes = Untold(entry.Passes, kept.Passes, false).Select(one => Event(entry, MigrationEventKind.Pass, one.Time) with { Pass = one.Pass });
        var verdicts = Untold(entry.Verdicts, kept.Verdicts, entry.Verdicts is [var verdict, ..] && verdict.Time <= status.Started).Select(one => Event(entry, MigrationEventKind.Verdict, one.Time) with { Verdict = one.Verdict });
        into.AddRange(phases.Concat(passes).Concat(verdicts).OrderBy(static one => one.Time));
        if (status.Ended is { } ended && !kept.Ended) into.Add(Event(entry, MigrationEventKind.Ended, ended));
    }

    private static IEnumerable<T> Untold<T>(List<T> all, int kept, bool withStart) => all.Take(all.Count - kept).Skip(withStart ? 1 : 0);

    private static MigrationEvent Event(MigrationEntry entry, MigrationEventKind kind, DateTimeOffset time) =>
        new(0, entry.Status.Version, time, entry.Status.Id, kind) { Phase = entry.Status.Phase, Verdict = entry.Status.Forecast.Verdict };

    private struct Counts
    {
        public bool Started { get; private set; }

        public bool Ended { get; private set; }

        public int Passes { get; private set; }

        public int Verdicts { get; private set; }

        public int Phases { get; private set; }

        public void Add(MigrationEventKind kind)
        {
            Started |= kind == MigrationEventKind.Started;
            Ended |= kind == MigrationEventKind.Ended;
            Passes += kind == MigrationEventKind.Pass ? 1 : 0;
            Verdicts += kind == MigrationEventKind.Verdict ? 1 : 0;
            Phases += kind == MigrationEventKind.Phase ? 1 : 0;
        }
    }
}
