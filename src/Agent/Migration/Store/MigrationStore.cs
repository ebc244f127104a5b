using NodeAgent.Migration.Model;
using NodeAgent.Node;

namespace NodeAgent.Migration.Store;

/// <summary>
/// Guests and migrations, in memory. Who samples writes batches, everybody reads: migrations are values that are copied out, a watcher keeps
/// a version and nothing else, and what a reader is told costs what changed. A batch of samples allocates nothing.
/// </summary>
public sealed class MigrationStore : IMigrationBoard, IDisposable
{
    public const int DefaultEvents = 16_384;

    /// <summary>More migrations that ended are not told of, however short a time ago that was.</summary>
    private const int MostEnded = 1000;

    private readonly Lock _writing = new();
    private readonly Lock _lock = new();
    private readonly TimeProvider _clock;
    private readonly IMigrationHistory _history;
    private readonly List<IMigrationObserver> _observers;
    private readonly GuestList _guests = new();
    private readonly Dictionary<string, MigrationEntry> _byId = new(StringComparer.Ordinal);
    private readonly List<MigrationEntry> _byStart = [];
    private readonly VersionList _byVersion = new();
    private readonly EventRing _events;
    private readonly RemovedRing _removed = new(MostEnded);
    private readonly List<Pulse> _watchers = [];
    private readonly List<Told> _told = [];
    private readonly ITimer _leaving;
    private TimeSpan _grace;
    private long _version;
    private bool _changed;
    private bool _guestsChanged;
    private volatile bool _isReady;

    /// <param name="epoch">Tells the versions of this process from those of another: the time of its start in Unix nanoseconds.</param>
    /// <param name="grace">How long a migration that ended is told of.</param>
    /// <param name="clock">Of that time.</param>
    /// <param name="history">Keeps what ended, and is told first; null: it is kept in memory.</param>
    /// <param name="events">How many events are remembered one by one.</param>
    public MigrationStore(long epoch, TimeSpan grace, TimeProvider clock, IMigrationHistory? history = null, int events = DefaultEvents)
    {
        (Epoch, _grace, _clock) = (epoch, grace, clock);
        _history = history ?? new MemoryHistory();
        _observers = _history is IMigrationObserver keeper ? [keeper] : [];
        _events = new EventRing(events);
        _leaving = clock.CreateTimer(_ => Leave(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The guests are others, or another is known of them; on the thread that published. It must return at once and may not throw.</summary>
    public event Action<IReadOnlyList<GuestState>>? GuestsChanged;

    public long Epoch { get; }

    public long Version => Volatile.Read(ref _version);

    public bool IsReady => _isReady;

    public IReadOnlyList<GuestState> Guests
    {
        get
        {
            lock (_lock) return _guests.Sorted;
        }
    }

    /// <summary>How long a migration that ends from now on is told of.</summary>
    public void Configure(TimeSpan grace)
    {
        lock (_lock) _grace = grace;
    }

    /// <summary>Tells somebody what happens from now on.</summary>
    public void Tell(IMigrationObserver observer)
    {
        lock (_writing) _observers.Add(observer);
    }

    /// <summary>Begins a batch; its disposal on the same thread publishes it.</summary>
    public MigrationBatch Write()
    {
        _writing.Enter();
        _lock.Enter();
        return new MigrationBatch(this);
    }

    public void CopyTo(List<MigrationStatus> into)
    {
        lock (_lock)
        {
            foreach (var entry in _byStart) into.Add(entry.Status);
        }
    }

    public bool Details(string id, MigrationDetails into)
    {
        lock (_lock)
        {
            if (!_byId.TryGetValue(id, out var entry)) return false;
            into.Passes.AddRange(entry.Passes);
            into.Verdicts.AddRange(entry.Verdicts);
            into.Phases.AddRange(entry.Phases);
            return true;
        }
    }

    public void Since(long version, MigrationDelta into)
    {
        into.Changed.Clear();
        into.Events.Clear();
        into.Removed.Clear();
        lock (_lock)
        {
            into.Version = _version;
            into.Full = version <= 0 || version > _version || version < Math.Max(_events.Forgotten, _removed.Forgotten);
            into.Publications = into.Full ? 0 : (int)Math.Min(int.MaxValue, _version - version);
            if (into.Full)
            {
                foreach (var entry in _byStart) into.Changed.Add(entry.Status);
                _events.CopyOf(_byId, into.Events);
                into.Events.InsertRange(0, FormerEvents.Of(_byStart, into.Events));
                return;
            }

            _byVersion.CopyAfter(version, into.Changed);
            _events.CopyAfter(version, into.Events);
            _removed.CopyAfter(version, into.Removed);
        }
    }

    public IReadOnlyList<MigrationRecord> History(string? uuid, int limit) => _history.Newest(uuid, limit);

    public void Subscribe(Pulse watcher)
    {
        lock (_lock) _watchers.Add(watcher);
    }

    public void Unsubscribe(Pulse watcher)
    {
        lock (_lock) _watchers.Remove(watcher);
    }

    public void Dispose() => _leaving.Dispose();

    internal void Put(GuestState guest)
    {
        _guests.Put(guest);
        _changed = _guestsChanged = true;
    }

    internal void Remove(GuestProcess guest)
    {
        _guests.Remove(guest);
        _changed = _guestsChanged = true;
    }

    internal void SetReady()
    {
        if (_isReady) return;
        _isReady = _changed = _guestsChanged = true;
    }

    internal void Put(in MigrationStatus status, DateTimeOffset at)
    {
        if (!_byId.TryGetValue(status.Id, out var entry))
        {
            entry = Begin(status, at);
            entry.Add(status.Started, status.Forecast.Verdict);
            entry.Add(status.Started, status.Phase);
            return;
        }

        var (phase, verdict, running) = (entry.Status.Phase, entry.Status.Forecast.Verdict, entry.Status.Ended is null);
        Take(entry, status);
        var ends = running && status.Ended is not null;
        if (status.Phase != phase && !ends) AddPhase(entry, at);
        if (status.Forecast.Verdict != verdict) AddVerdict(entry, at);
        if (ends) End(entry, at);
    }

    internal void Resume(in MigrationStatus status, DateTimeOffset at, MigrationRecord known)
    {
        var entry = Begin(status, at);
        entry.Passes.AddRange(known.PassList);
        entry.Verdicts.AddRange(known.Verdicts);
        entry.Phases.AddRange(known.Phases);
        if (entry.Phases is not [.., var phase] || phase.Phase != status.Phase) AddPhase(entry, at);
        if (entry.Verdicts is not [.., var verdict] || verdict.Verdict != status.Forecast.Verdict) AddVerdict(entry, at);
    }

    internal void Pass(string migration, in MigrationPass pass, DateTimeOffset at)
    {
        var entry = _byId[migration];
        entry.Add(at, pass);
        Take(entry, entry.Status);
        Add(entry, MigrationEventKind.Pass, at, pass);
    }

    internal void Record(MigrationRecord record) => _told.Add(new Told(null, default, record));

    internal void Commit()
    {
        if (_changed)
        {
            Volatile.Write(ref _version, _version + 1);
            foreach (var watcher in _watchers) watcher.Set();
            _changed = false;
        }

        // Whoever is told may read, and readers need not wait for it.
        _lock.Exit();
        try
        {
            foreach (var told in _told) TellAll(told);
            if (_guestsChanged && _isReady) GuestsChanged?.Invoke(Guests);
        }
        finally
        {
            _told.Clear();
            _guestsChanged = false;
            _writing.Exit();
        }
    }

    private void TellAll(in Told told)
    {
        foreach (var observer in _observers)
        {
            if (told.Happened is { } happened) observer.Happened(happened, told.Status);
            if (told.Record is { } record) observer.Ended(record);
            if (told.Left is { } left) observer.Left(left);
        }
    }

    private MigrationEntry Begin(in MigrationStatus status, DateTimeOffset at)
    {
        var entry = new MigrationEntry();
        _byId.Add(status.Id, entry);
        _byStart.Add(entry);
        Take(entry, status);
        Add(entry, MigrationEventKind.Started, at);
        return entry;
    }

    private void Take(MigrationEntry entry, in MigrationStatus status)
    {
        entry.Status = status with { Version = _version + 1 };
        _byVersion.Touch(entry);
        _changed = true;
    }

    private void Add(MigrationEntry entry, MigrationEventKind kind, DateTimeOffset at, in MigrationPass pass = default)
    {
        ref readonly var status = ref entry.Status;
        var happened = _events.Add(new MigrationEvent(0, _version + 1, at, status.Id, kind)
        {
            Phase = status.Phase,
            Verdict = status.Forecast.Verdict,
            Pass = pass,
            FoundUnderWay = kind == MigrationEventKind.Started && status.FoundUnderWay,
        });
        _told.Add(new Told(happened, status, kind == MigrationEventKind.Ended ? RecordOf.Ended(entry) : null));
    }

    private void AddPhase(MigrationEntry entry, DateTimeOffset at)
    {
        entry.Add(at, entry.Status.Phase);
        Add(entry, MigrationEventKind.Phase, at);
    }

    private void AddVerdict(MigrationEntry entry, DateTimeOffset at)
    {
        entry.Add(at, entry.Status.Forecast.Verdict);
        Add(entry, MigrationEventKind.Verdict, at);
    }

    private void End(MigrationEntry entry, DateTimeOffset at)
    {
        Add(entry, MigrationEventKind.Ended, at);
        entry.LeavesAt = _clock.GetTimestamp() + (long)(_grace.TotalSeconds * _clock.TimestampFrequency);
        LookForNextToLeave();
    }

    private void Leave()
    {
        using var batch = Write();
        var now = _clock.GetTimestamp();
        for (var i = _byStart.Count - 1; i >= 0; i--)
        {
            if (_byStart[i].LeavesAt <= now) Drop(i);
        }

        LookForNextToLeave();
    }

    // One look over all at each end: rare, and there are at most as many as have ended.
    private void LookForNextToLeave()
    {
        var (next, ended, oldest) = (long.MaxValue, 0, -1);
        for (var i = 0; i < _byStart.Count; i++)
        {
            if (_byStart[i].LeavesAt is not { } leaves) continue;
            if (++ended == 1 || leaves < next) (next, oldest) = (leaves, i);
        }

        if (ended > MostEnded) Drop(oldest);
        _leaving.Change(ended == 0 ? Timeout.InfiniteTimeSpan : Until(next), Timeout.InfiniteTimeSpan);
    }

    private TimeSpan Until(long timestamp) => TimeSpan.FromMilliseconds(Math.Max(0, Math.Ceiling(_clock.GetElapsedTime(_clock.GetTimestamp(), timestamp).TotalMilliseconds)));

    private void Drop(int index)
    {
        var entry = _byStart[index];
        _byStart.RemoveAt(index);
        _byId.Remove(entry.Status.Id);
        _byVersion.Remove(entry);
        _removed.Add(_version + 1, entry.Status.Id);
        _told.Add(default(Told) with { Left = entry.Status.Id });
        _changed = true;
    }
}
