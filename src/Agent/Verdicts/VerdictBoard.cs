using System.Collections.Immutable;

namespace NodeAgent.Verdicts;

/// <summary>
/// The present verdicts of the whole node. Each kind has one room that sets it, from any thread; everybody reads without a lock.
/// A change is one of state: another sentence for the same state is shown, and is no change.
/// </summary>
public sealed class VerdictBoard(TimeProvider clock)
{
    private readonly Lock _lock = new();
    private volatile ImmutableSortedDictionary<string, ImmutableArray<Verdict>> _kinds = ImmutableSortedDictionary.Create<string, ImmutableArray<Verdict>>(StringComparer.Ordinal);

    /// <summary>Verdicts of a kind differ from before, in state or in sentence; on the thread that set them. It must return at once and may not throw.</summary>
    public event Action? Changed;

    /// <summary>States that changed, in order; on the thread that set them, one call at a time.</summary>
    public event Action<IReadOnlyList<VerdictChange>>? StatesChanged;

    /// <summary>Every verdict, by kind and object.</summary>
    public IEnumerable<Verdict> All
    {
        get
        {
            foreach (var (_, verdicts) in _kinds)
            {
                foreach (var verdict in verdicts) yield return verdict;
            }
        }
    }

    /// <summary>The verdicts of a kind, by object; empty before they were set.</summary>
    public IReadOnlyList<Verdict> Of(string kind) => _kinds.TryGetValue(kind, out var verdicts) ? verdicts : [];

    /// <summary>Replaces the verdicts of a kind; an object that is not among them has gone.</summary>
    public void Set(string kind, IReadOnlyList<Verdict> verdicts)
    {
        lock (_lock)
        {
            var now = verdicts.OrderBy(static v => v.Object, StringComparer.Ordinal).ToImmutableArray();
            var former = _kinds.TryGetValue(kind, out var known) ? known : [];
            if (former.AsSpan().SequenceEqual(now.AsSpan())) return;
            _kinds = _kinds.SetItem(kind, now);
            var changes = Changes(kind, former, now);
            if (changes.Count > 0) StatesChanged?.Invoke(changes);
        }

        Changed?.Invoke();
    }

    private List<VerdictChange> Changes(string kind, ImmutableArray<Verdict> former, ImmutableArray<Verdict> now)
    {
        var time = clock.GetUtcNow();
        var before = former.ToDictionary(static v => v.Object, StringComparer.Ordinal);
        var changes = new List<VerdictChange>();
        foreach (var verdict in now)
        {
            before.Remove(verdict.Object, out var old);
            if (old?.State != verdict.State) changes.Add(new VerdictChange(time, kind, verdict.Object, old?.State, verdict));
        }

        foreach (var gone in before.Values) changes.Add(new VerdictChange(time, kind, gone.Object, gone.State, null));
        return changes;
    }
}
