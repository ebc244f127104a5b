using System.Runtime.CompilerServices;
using NodeAgent.Migration.Model;
using NodeAgent.Migration.Sources;
using NodeAgent.Migration.Store;

namespace NodeAgent.Migration.Sampling;

/// <summary>
/// One guest: decides by what its source says when a migration begins, and hands everything on to that migration. Not safe for threads;
/// the sampler locks. What is asked of the source is the sampler's affair; whether a call is under way is remembered here.
/// </summary>
internal sealed class GuestFollower
{
    /// <summary>A word of the end that comes so much later is of no other migration.</summary>
    private static readonly TimeSpan s_echo = TimeSpan.FromSeconds(5);

    /// <summary>Only a start counts for so long after an end.</summary>
    private static readonly TimeSpan s_aftermath = TimeSpan.FromSeconds(1);

    /// <summary>No more questions than 20 a second, whatever the passes do.</summary>
    private static readonly TimeSpan s_passesApart = TimeSpan.FromMilliseconds(50);

    /// <summary>A migration that ran for longer when it was first heard of was found under way.</summary>
    private static readonly TimeSpan s_beginning = TimeSpan.FromSeconds(2);

    /// <summary>A guest still writes as it did so long ago.</summary>
    private static readonly TimeSpan s_measurementHolds = TimeSpan.FromMinutes(10);

    private readonly SamplerContext _context;
    private bool _arrived;
    private bool _looked;
    private OtherEnd _lastOutcome;
    private TimeSpan? _lastEnd;
    private TimeSpan _begunAt;

    public GuestFollower(Guest guest, SamplerContext context, Action<GuestFollower> answered)
    {
        _context = context;
        State = new GuestState(guest, GuestSourceKind.Proc) { Blockers = guest.Blockers };
        OnAnswer = () => answered(this);
    }

    public GuestState State { get; private set; }

    public Guest Guest => State.Guest;

    /// <summary>Null until one was opened.</summary>
    public IGuestSource? Source { get; set; }

    /// <summary>The migration under way; null: none.</summary>
    public MigrationTracker? Tracker { get; private set; }

    /// <summary>Ends what is waited for once the guest is gone.</summary>
    public CancellationTokenSource Life { get; } = new();

    /// <summary>The guest's process ended.</summary>
    public bool IsGone { get; private set; }

    /// <summary>Its state is to be published.</summary>
    public bool IsChanged { get; set; } = true;

    /// <summary>It waits for the next publication.</summary>
    public bool IsDue { get; set; }

    /// <summary>It has a migration that was not let go yet.</summary>
    public bool IsActive { get; set; }

    /// <summary>A call of the source is under way: there is one at a time.</summary>
    public bool IsBusy { get; set; }

    /// <summary>The source is to be asked once more when that call is over.</summary>
    public bool AskAgain { get; set; }

    /// <summary>Ends a measurement, which is under way; null: none is.</summary>
    public CancellationTokenSource? Measurement { get; set; }

    /// <summary>When the last measurement ended.</summary>
    public TimeSpan? MeasuredAt { get; set; }

    /// <summary>The tick with which it was asked; 0: with none.</summary>
    public long Round { get; set; }

    public TimeSpan AskedAt { get; set; }

    /// <summary>The answer under way.</summary>
    public ConfiguredValueTaskAwaitable<MigrationSample>.ConfiguredValueTaskAwaiter Answer { get; set; }

    /// <summary>What is done with it; made once.</summary>
    public Action OnAnswer { get; }

    /// <summary>Its other end was looked for.</summary>
    public bool SoughtPeer { get; set; }

    /// <summary>The other end of its migration may be here: the same domain, in another process.</summary>
    public bool IsOtherEndOf(GuestFollower other) => this != other && Guest.Uuid.Length > 0 && Guest.Uuid == other.Guest.Uuid;

    /// <summary>How its migration ended, where that was a moment ago or is known now.</summary>
    public OtherEnd? RecentOutcome => Tracker is null && _lastEnd is { } end && _context.Now - end < s_echo ? _lastOutcome : null;

    /// <summary>Takes an event; true: the source is to be asked now.</summary>
    public bool Heard(in SourceEvent heard)
    {
        if (heard.Kind == SourceEventKind.Look) return true;
        if (Tracker is null) BeginBy(heard);
        if (Tracker is not { } tracker) return false;
        if (heard.Kind is SourceEventKind.Pass or SourceEventKind.Completed) tracker.IsSource();
        tracker.Heard(heard);
        return tracker.AwaitsStatistics || heard.Kind is SourceEventKind.Resumed || IsPassToSee(heard) || (heard.Kind is SourceEventKind.Phase && tracker.Status is { SampledAt: null, Direction: MigrationDirection.Outgoing });
    }

    /// <summary>A pass that two ticks may miss: what remains after it is asked for as it begins, though not for each of very short ones.</summary>
    private bool IsPassToSee(in SourceEvent heard) => heard.Kind == SourceEventKind.Pass && (Tracker is { Status.SampledAt: null } || heard.At - AskedAt >= s_passesApart);

    /// <summary>Takes an answer to a question asked at a time.</summary>
    public void Sampled(in MigrationSample sample, TimeSpan askedAt)
    {
        // An answer of a migration that is over meanwhile, or of the one before.
        if (_lastEnd is { } end && askedAt <= end) return;
        if (Tracker is not null && askedAt < _begunAt && sample.Phase is { } phase && phase.IsTerminal()) return;
        if (Tracker is null) Look(sample);
        _looked = true;
        if (Tracker is not { } tracker) return;
        if (sample.TotalBytes is > 0) tracker.IsSource();
        tracker.Sampled(sample);
    }

    public void Missed(string reason) => Tracker?.Missed(reason);

    public void Set(GuestState state)
    {
        State = state;
        IsChanged = true;
        Tracker?.SetSource(state.Source);
    }

    /// <summary>Nothing can be asked of it, now or ever: what is open is over, for all anybody will know.</summary>
    public void CannotBeRead(string why)
    {
        Set(State with { Source = GuestSourceKind.Proc, Limitation = why, IsUnreadable = true });
        if (Tracker is { } tracker) tracker.End(MigrationOutcome.Unknown, _context.Now, EndText.Lost(why));
        else if (!_looked && Resume(Likely) is { } open) EndUnseen(open, EndText.Unreadable(why));
        _looked = true;
    }

    public void Left()
    {
        IsGone = true;
        End();
        if (Tracker is null && !_looked && Resume(Likely) is { } open) EndUnseen(open, EndText.EndedUnseen);
        Tracker?.Left(_context.Now);
    }

    /// <summary>Ends what is waited for. Not on this thread: whoever waits goes on elsewhere.</summary>
    public void End()
    {
        _ = Life.CancelAsync();
        _ = Measurement?.CancelAsync();
    }

    /// <summary>What is over is let go, once it was published.</summary>
    public void Release()
    {
        if (Tracker is not { IsOver: true } tracker) return;
        ref readonly var status = ref tracker.Status;
        (_lastEnd, _lastOutcome) = (_context.Now, new OtherEnd(status.Outcome ?? MigrationOutcome.Unknown, status.Error));
        if (status is { Direction: MigrationDirection.Incoming, Outcome: MigrationOutcome.Completed }) _arrived = true;
        Tracker = null;
        SoughtPeer = false;
    }

    private MigrationDirection Likely => Guest.Incoming && !_arrived ? MigrationDirection.Incoming : MigrationDirection.Outgoing;

    private void BeginBy(in SourceEvent heard)
    {
        // What QEMU told on the way to the end may be heard after the end.
        if (_lastEnd is { } last && heard.At - last < s_aftermath && heard is not { Kind: SourceEventKind.Phase, Phase: MigrationPhase.Setup }) return;
        switch (heard.Kind)
        {
            case SourceEventKind.Phase when heard.Phase != MigrationPhase.None && !heard.Phase.IsTerminal():
                Begin(Likely, heard.At, null, heard.Phase > MigrationPhase.Active);
                break;
            case SourceEventKind.Pass:
                Begin(MigrationDirection.Outgoing, heard.At, null, heard.Pass > 1);
                break;
            case SourceEventKind.Completed when !(_lastEnd is { } end && heard.At - end < s_echo):
                Begin(MigrationDirection.Outgoing, heard.At, heard.Statistics.Elapsed, true);
                break;
            case SourceEventKind.Resumed when Likely == MigrationDirection.Incoming && _looked:
                Begin(MigrationDirection.Incoming, heard.At, null, true);
                break;
        }
    }

    // Without a migration, this answer says whether there is one.
    private void Look(in MigrationSample sample)
    {
        var phase = sample.Phase ?? MigrationPhase.None;
        var direction = sample.TotalBytes is > 0 ? MigrationDirection.Outgoing : Likely;
        if (phase != MigrationPhase.None && !phase.IsTerminal()) Begin(direction, sample.At, sample.Elapsed, sample.Elapsed is not { } elapsed || elapsed > s_beginning);
        else if (!_looked && Resume(direction) is { } open) EndUnseen(open, EndText.EndedUnseen, phase.IsTerminal() || Waits(open));
        if (phase == MigrationPhase.Completed && Guest.Incoming && Tracker is null) _arrived = true;
    }

    // QEMU 7.2 says nothing on the destination until it is over.
    private bool Waits(OpenMigration open) => open.SoFar.Direction == MigrationDirection.Incoming && State.Source == GuestSourceKind.Qmp;

    private OpenMigration? Resume(MigrationDirection direction) =>
        _context.TryResume(Guest, direction) ?? _context.TryResume(Guest, direction == MigrationDirection.Incoming ? MigrationDirection.Outgoing : MigrationDirection.Incoming);

    private void Begin(MigrationDirection direction, TimeSpan at, TimeSpan? elapsed, bool found)
    {
        var open = _looked ? null : Resume(direction);
        var time = _context.Date(at - (found ? elapsed ?? TimeSpan.Zero : TimeSpan.Zero));
        var begin = new MigrationBegin(open?.SoFar.Id ?? _context.NextId(), Guest, open?.SoFar.Direction ?? direction, State.Source, time, found)
        {
            MeasuredDirtyBytesPerSecond = State.DirtyRate is { } rate && time.Date - rate.MeasuredAt < s_measurementHolds ? rate.BytesPerSecond : null,
        };
        Tracker = open is null ? new MigrationTracker(begin) : new MigrationTracker(open, begin);
        _ = Measurement?.CancelAsync();
        _begunAt = at;
        _looked = true;
    }

    private void EndUnseen(OpenMigration open, string reason, bool goesOn = false)
    {
        var begin = new MigrationBegin(open.SoFar.Id, Guest, open.SoFar.Direction, State.Source, _context.Date(_context.Now), open.SoFar.FoundUnderWay);
        Tracker = new MigrationTracker(open, begin);
        if (!goesOn) Tracker.End(MigrationOutcome.Unknown, _context.Now, reason);
        _looked = true;
    }
}
