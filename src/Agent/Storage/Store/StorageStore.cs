using System.Runtime.InteropServices;
using NodeAgent.Config;
using NodeAgent.Node;
using NodeAgent.Storage.Judging;
using NodeAgent.Storage.Model;
using NodeAgent.Verdicts;

namespace NodeAgent.Storage.Store;

/// <summary>
/// The storage of the node as everybody sees it: the newest reading joined with the verdicts of its maps. The monitor's thread publishes,
/// everybody reads <see cref="Current"/> without a lock; a watcher keeps a version and nothing else. A publication costs what changed, and
/// what changed nothing is not published. Times that run on (how long a map has queued) are no change.
/// </summary>
public sealed class StorageStore : IStorageObserver, IDisposable
{
    public const int DefaultHistory = 8192;

    private readonly Lock _lock = new();
    private readonly VerdictBoard _board;
    private readonly MapMemory _memory;
    private readonly TimeProvider _clock;
    private readonly ChangeLog _log;
    private readonly MapReviews _reviews;
    private readonly List<Pulse> _watchers = [];
    private readonly List<Verdict> _verdicts = [];
    private volatile StorageState _current = StorageState.Empty;
    private StorageSettings _settings;
    private IReadOnlyList<MultipathMap> _maps = [];
    private bool _settled;

    /// <param name="epoch">Tells the versions of this process from those of another: the time of its start in Unix nanoseconds.</param>
    /// <param name="board">Is told the verdicts.</param>
    /// <param name="memory">What is remembered of maps.</param>
    /// <param name="settings">How they are judged.</param>
    /// <param name="clock">Dates the verdicts.</param>
    /// <param name="history">How many changes are remembered one by one.</param>
    public StorageStore(long epoch, VerdictBoard board, MapMemory memory, StorageSettings settings, TimeProvider clock, int history = DefaultHistory)
    {
        (Epoch, _board, _memory, _settings, _clock) = (epoch, board, memory, settings, clock);
        _log = new ChangeLog(history);
        _reviews = new MapReviews(clock, Review);
    }

    /// <summary>
    /// After each publication: the state, and when the event came that led to it (of TimeProvider.GetTimestamp; null: none did). On the thread
    /// that published, one call at a time; it must return at once and may not throw.
    /// </summary>
    public event Action<StorageState, long?>? Published;

    public long Epoch { get; }

    public StorageState Current => _current;

    void IStorageObserver.Read(StorageReading reading, IReadOnlyCollection<string>? changed) => Publish(reading, changed);

    /// <summary>Takes in a reading.</summary>
    /// <param name="reading">The whole.</param>
    /// <param name="changed">Names of the maps that came, went or differ; null: any may.</param>
    public void Publish(StorageReading reading, IReadOnlyCollection<string>? changed)
    {
        lock (_lock)
        {
            var update = new StorageUpdate(_current);
            var blind = reading.Source.State == StorageSourceState.Failed;
            // A source that fails says nothing of the maps: those that were known are unknown now, not gone.
            if (!blind || reading.Maps.Count > 0) _maps = reading.Maps;
            var isNew = update.Take(reading.Source) && (blind || _current.Source?.State is null or StorageSourceState.Failed);
            var suspects = update.Take(reading.Initiators);
            if (isNew || changed is null) JudgeAll(update, isNew);
            else JudgeSome(update, changed, again: false);
            if (suspects) JudgeSome(update, [.. NotWell()], again: true);
            Finish(update, settled: !blind, reading.EventTimestamp);
        }
    }

    /// <summary>Judges by other settings from now on.</summary>
    public void Configure(StorageSettings settings)
    {
        lock (_lock)
        {
            if (settings == _settings) return;
            _settings = settings;
            var update = new StorageUpdate(_current);
            JudgeAll(update, again: true);
            Finish(update, _settled, null);
        }
    }

    /// <summary>Takes the paths that a map has now as all there should be; any thread. Null where there is no such map.</summary>
    /// <param name="map">Its name or WWID.</param>
    public Acceptance? Accept(string map)
    {
        lock (_lock)
        {
            if ((_current.Maps.GetValueOrDefault(map) ?? _current.Maps.Values.FirstOrDefault(m => m.Map.Wwid == map)) is not { } judged) return null;
            var (name, identity) = (judged.Map.Name, StorageKey.IdentityOf(judged.Map));
            var former = _memory.Of(identity);
            if (MapAcceptance.Of(judged.Map, judged.Verdict, former, out var refusal) is not { } history) return new Acceptance(judged, former.Best.Paths, refusal);
            if (history != former)
            {
                _memory.Put(identity, name, history, urgent: true);
                var update = new StorageUpdate(_current);
                JudgeSome(update, [name], again: true);
                Finish(update, _settled, null);
            }

            return new Acceptance(_current.Maps[name], former.Best.Paths, null);
        }
    }

    /// <summary>Adds the keys of what changed after a version, as <see cref="StorageKey"/> makes them, up to the state that comes back; null where that is no longer known.</summary>
    /// <param name="version">What the asker knows.</param>
    /// <param name="keys">Takes the keys.</param>
    /// <param name="publications">At how many versions something changed.</param>
    public StorageState? ChangedSince(long version, HashSet<string> keys, out int publications)
    {
        lock (_lock)
        {
            publications = version <= _current.Version ? _log.Collect(version, keys) : -1;
            return publications < 0 ? null : _current;
        }
    }

    /// <summary>Signals a watcher at each publication from now on.</summary>
    public void Subscribe(Pulse watcher)
    {
        lock (_lock) _watchers.Add(watcher);
    }

    public void Unsubscribe(Pulse watcher)
    {
        lock (_lock) _watchers.Remove(watcher);
    }

    public void Dispose() => _reviews.Dispose();

    // Time alone changed something: a map has been quiet for long enough, or suspended for too long.
    private void Review()
    {
        lock (_lock)
        {
            var due = _reviews.TakeDue();
            if (due.Count == 0) return;
            var update = new StorageUpdate(_current);
            JudgeSome(update, due, again: true);
            Finish(update, _settled, null);
        }
    }

    private void JudgeAll(StorageUpdate update, bool again)
    {
        var present = new HashSet<string>(StringComparer.Ordinal);
        foreach (var map in _maps) present.Add(map.Name);
        foreach (var (name, judged) in _current.Maps)
        {
            if (!present.Contains(name)) Remove(update, judged);
        }

        foreach (var map in _maps) Judge(update, map, again);
    }

    private void JudgeSome(StorageUpdate update, IReadOnlyCollection<string> names, bool again)
    {
        // What goes first: a map that was renamed is the same volume.
        foreach (var name in names)
        {
            if (_current.Maps.TryGetValue(name, out var judged) && MapList.Find(_maps, name) is null) Remove(update, judged);
        }

        foreach (var name in names)
        {
            if (MapList.Find(_maps, name) is { } map) Judge(update, map, again);
        }
    }

    private void Remove(StorageUpdate update, JudgedMap judged)
    {
        update.Remove(judged.Map);
        _memory.Leave(StorageKey.IdentityOf(judged.Map), _clock.GetUtcNow());
        _reviews.Set(judged.Map.Name, null);
    }

    private void Judge(StorageUpdate update, MultipathMap map, bool again)
    {
        var former = update.Find(map.Name);
        if (!again && ReferenceEquals(former?.Map, map)) return;
        // The name is another volume's now.
        if (former is not null && former.Map.Wwid != map.Wwid) _memory.Leave(StorageKey.IdentityOf(former.Map), _clock.GetUtcNow());
        var seen = update.Source?.State == StorageSourceState.Failed ? map with { Error = update.Source.Reason, Groups = [] } : map;
        var (verdict, history) = MapJudge.Judge(seen, _memory.Of(StorageKey.IdentityOf(map)), _settings, update.Initiators, _clock.GetUtcNow());
        _memory.Put(StorageKey.IdentityOf(map), map.Name, history);
        _reviews.Set(map.Name, verdict.ReviewAt);
        if (!ReferenceEquals(former?.Map, map) || former.Verdict != verdict) update.Put(new JudgedMap(map, verdict, history, update.Version));
    }

    private IEnumerable<string> NotWell() => _current.Maps.Values.Where(static m => m.Verdict.Severity != Severity.Ok).Select(static m => m.Map.Name);

    private void Finish(StorageUpdate update, bool settled, long? eventTimestamp)
    {
        if (!update.IsChanged) return;
        var state = update.State();
        // Who has nothing yet is told everything.
        if (_current.Source is null) _log.Forget(update.Version);
        foreach (var key in update.Keys) _log.Add(update.Version, key);
        _current = state;
        foreach (var watcher in _watchers) watcher.Set();
        Tell(update, state, settled);
        Published?.Invoke(state, eventTimestamp);
    }

    private void Tell(StorageUpdate update, StorageState state, bool settled)
    {
        _verdicts.Clear();
        if (settled && !_settled)
        {
            _settled = true;
            foreach (var judged in state.Maps.Values) _verdicts.Add(VerdictOf(judged));
            _board.Set(VerdictKind.Storage, _verdicts);
        }
        else
        {
            foreach (var name in update.Judged) _verdicts.Add(VerdictOf(state.Maps[name]));
            _board.Update(VerdictKind.Storage, CollectionsMarshal.AsSpan(_verdicts), CollectionsMarshal.AsSpan(update.Gone));
        }

        if (settled && (update.Gone.Count > 0 || update.Judged.Count == state.Maps.Count)) _memory.Prune(state.Maps.Values.Select(static m => StorageKey.IdentityOf(m.Map)).ToHashSet(StringComparer.Ordinal), _settings.ForgetAfter, _clock.GetUtcNow());
    }

    private static Verdict VerdictOf(JudgedMap judged) =>
        new(VerdictKind.Storage, judged.Map.Name, MapWords.Of(judged.Verdict.State), judged.Verdict.Severity, judged.Verdict.Sentence);
}
