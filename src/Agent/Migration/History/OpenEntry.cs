using NodeAgent.Migration.Model;
using NodeAgent.Migration.Store;

namespace NodeAgent.Migration.History;

/// <summary>A migration under way, and what of it no line was made of yet.</summary>
/// <param name="boot">The boot of the kernel that its process belongs to.</param>
/// <param name="process">Of the guest.</param>
internal sealed class OpenEntry(string boot, GuestProcess process)
{
    /// <summary>As of <see cref="MigrationRecord.PassList"/>.</summary>
    public const int Most = 1000;

    private readonly List<TimedPass> _passes = [];
    private readonly List<TimedVerdict> _verdicts = [];
    private readonly List<TimedPhase> _phases = [];
    private int _newPasses;
    private int _newVerdicts;
    private int _newPhases;

    public string Boot { get; } = boot;

    public GuestProcess Process { get; } = process;

    /// <summary>All but passes, verdicts and phases; its end is when it was last heard of.</summary>
    public MigrationRecord Last { get; private set; } = null!;

    public MigrationDirection Direction => Last.Direction;

    public string Uuid => Last.Uuid;

    public MigrationPhase Phase { get; private set; }

    /// <summary>It is of the file, and nobody has taken it up yet.</summary>
    public bool IsRemembered { get; set; }

    /// <summary>Its record is written or will be.</summary>
    public bool HasEnded { get; set; }

    /// <summary>Something came that no line was made of.</summary>
    public bool IsDirty { get; private set; }

    /// <summary>About how long its line would be.</summary>
    public long Size => RecordSize.Of(Last, _passes.Count, _verdicts.Count, _phases.Count);

    /// <summary>Everything that is known.</summary>
    public OpenMigration Whole => With([.. _passes], [.. _verdicts], [.. _phases]);

    /// <summary>What a line is to say: everything, or what came since the line before.</summary>
    public OpenMigration Take(bool all)
    {
        var line = all ? Whole : With(_passes[^_newPasses..], _verdicts[^_newVerdicts..], _phases[^_newPhases..]);
        (IsDirty, _newPasses, _newVerdicts, _newPhases) = (false, 0, 0, 0);
        return line;
    }

    /// <summary>What an event tells.</summary>
    public void Add(in MigrationEvent happened, in MigrationStatus status)
    {
        (Last, Phase, IsDirty, IsRemembered) = (SoFar(happened, status), happened.Phase, true, false);
        if (happened.Kind == MigrationEventKind.Pass && (_passes.Count == 0 || happened.Pass.Number > _passes[^1].Pass.Number)) Keep(_passes, ref _newPasses, new TimedPass(happened.Time, happened.Pass));
        // The first of these come with the start.
        var since = happened.Kind == MigrationEventKind.Started && _verdicts.Count == 0 ? status.Started : happened.Time;
        if (_verdicts.Count == 0 || _verdicts[^1].Verdict != happened.Verdict) Keep(_verdicts, ref _newVerdicts, new TimedVerdict(since, happened.Verdict));
        if (_phases.Count == 0 || _phases[^1].Phase != happened.Phase) Keep(_phases, ref _newPhases, new TimedPhase(since, happened.Phase));
    }

    /// <summary>What a line of the file tells.</summary>
    public void Add(OpenMigration line)
    {
        foreach (var pass in line.SoFar.PassList) Keep(_passes, ref _newPasses, pass);
        foreach (var verdict in line.SoFar.Verdicts) Keep(_verdicts, ref _newVerdicts, verdict);
        foreach (var phase in line.SoFar.Phases) Keep(_phases, ref _newPhases, phase);
        (Last, Phase, IsRemembered) = (line.SoFar with { PassList = [], Verdicts = [], Phases = [] }, line.Phase, true);
        (_newPasses, _newVerdicts, _newPhases) = (0, 0, 0);
    }

    private OpenMigration With(IReadOnlyList<TimedPass> passes, IReadOnlyList<TimedVerdict> verdicts, IReadOnlyList<TimedPhase> phases) =>
        new(Process, Last with { PassList = passes, Verdicts = verdicts, Phases = phases }) { Phase = Phase };

    private static void Keep<T>(List<T> list, ref int unwritten, T item)
    {
        list.Add(item);
        if (list.Count > Most) list.RemoveAt(0);
        unwritten = Math.Min(unwritten + 1, list.Count);
    }

    // What the source does not say, for it was opened anew or is gone, is as it last was.
    private MigrationRecord SoFar(in MigrationEvent happened, in MigrationStatus status)
    {
        var (guest, sample, last) = (status.Guest, status.Sample, Last);
        return new MigrationRecord(status.Id, guest.Uuid, guest.Domain, status.Direction, MigrationOutcome.Unknown, status.Started, happened.Time)
        {
            Namespace = guest.Namespace,
            Name = guest.Name,
            PodUid = guest.PodUid,
            Source = status.Source,
            FoundUnderWay = status.FoundUnderWay,
            Peer = status.Peer ?? last?.Peer,
            Trigger = status.Trigger ?? last?.Trigger,
            Downtime = status.Downtime ?? last?.Downtime,
            MemoryBytes = sample.TotalBytes ?? last?.MemoryBytes,
            TransferredBytes = sample.TransferredBytes ?? last?.TransferredBytes,
            Passes = sample.Pass ?? last?.Passes,
            BytesPerSecond = sample is { TransferredBytes: { } sent, Elapsed: { Ticks: > 0 } elapsed } ? sent / elapsed.TotalSeconds : last?.BytesPerSecond,
            DirtyBytesPerSecond = status.Forecast.DirtyBytesPerSecond > 0 ? status.Forecast.DirtyBytesPerSecond : last?.DirtyBytesPerSecond,
            ThrottlePercent = status.Forecast.ThrottlePercent > 0 ? status.Forecast.ThrottlePercent : last?.ThrottlePercent ?? 0,
        };
    }
}
