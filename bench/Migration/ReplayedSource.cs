using NodeAgent.Migration.Model;
using NodeAgent.Migration.Sources;
using NodeAgent.Migration.Traces;

namespace NodeAgent.Bench.Migration;

/// <summary>A guest's source that plays a recorded migration again and again: events at their time, and the newest sample to whoever asks.</summary>
internal sealed class ReplayedSource : IGuestSource
{
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(2);

    private readonly Guest _guest;
    private readonly IGuestSourceObserver _observer;
    private readonly IReadOnlyList<TraceEntry> _entries;
    private TimeSpan _begun;
    private int _next;
    private MigrationSample _sample = new(default) { Phase = MigrationPhase.None };

    /// <param name="guest">Whose.</param>
    /// <param name="observer">Is told of events.</param>
    /// <param name="entries">Of a timeline.</param>
    /// <param name="after">How long it stands still before it begins.</param>
    public ReplayedSource(Guest guest, IGuestSourceObserver observer, IReadOnlyList<TraceEntry> entries, TimeSpan after)
    {
        (_guest, _observer, _entries) = (guest, observer, entries);
        _begun = SourceClock.Now + after - entries[0].Sample.At;
    }

    /// <summary>When it was asked last.</summary>
    public TimeSpan AskedAt { get; private set; }

    public GuestSourceKind Kind => GuestSourceKind.Libvirt;

    /// <summary>Tells what happened until now.</summary>
    public void Play()
    {
        while (_next < _entries.Count && _begun + _entries[_next].Sample.At <= SourceClock.Now) Tell(_entries[_next++]);
        if (_next < _entries.Count) return;
        (_next, _begun) = (0, SourceClock.Now + s_pause - _entries[0].Sample.At);
    }

    public ValueTask<MigrationSample> SampleAsync(CancellationToken cancellation)
    {
        AskedAt = SourceClock.Now;
        return ValueTask.FromResult(_sample with { At = AskedAt });
    }

    public ValueTask<DirtyRate?> LastDirtyRateAsync(CancellationToken cancellation) => ValueTask.FromResult<DirtyRate?>(null);

    public ValueTask<DirtyRate> MeasureAsync(DirtyRateMode mode, TimeSpan period, CancellationToken cancellation) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<string>> BlockersAsync(CancellationToken cancellation) => ValueTask.FromResult<IReadOnlyList<string>>([]);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void Tell(in TraceEntry entry)
    {
        var now = SourceClock.Now;
        if (entry.SyncedPass is { } pass)
        {
            _observer.Heard(_guest.Process, new SourceEvent(SourceEventKind.Pass, now) { Pass = pass });
            return;
        }

        // Events of the recording are samples without anything but a phase.
        if (entry.Sample is { TotalBytes: null, Elapsed: null, Phase: { } phase }) _observer.Heard(_guest.Process, new SourceEvent(SourceEventKind.Phase, now) { Phase = phase });
        else if (entry.Sample.Phase is not null) _sample = entry.Sample;
    }
}
