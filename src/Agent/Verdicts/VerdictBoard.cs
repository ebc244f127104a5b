using System.Collections.Immutable;

namespace NodeAgent.Verdicts;

/// <summary>
/// The present verdicts of the whole node. Each kind has one room that sets it, from any thread; everybody reads without a lock.
/// A change is one of state: another sentence for the same state is shown, and is no change. What differs in nothing costs no memory,
/// and one that differs costs as one, however many there are.
/// </summary>
/// <param name="clock">Dates changes.</param>
/// <param name="remembered">How objects stood when the agent last ran: one that still stands so has not changed, and one that is never told of again has gone once its kind is set.</param>
public sealed class VerdictBoard(TimeProvider clock, IEnumerable<RememberedVerdict>? remembered = null)
{
    private static readonly ImmutableSortedDictionary<string, StandingVerdict> s_none = ImmutableSortedDictionary.Create<string, StandingVerdict>(StringComparer.Ordinal);

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Kind, string Object), RememberedVerdict> _remembered = (remembered ?? []).ToDictionary(static r => (r.Kind, r.Object));
    private readonly HashSet<string> _named = new(StringComparer.Ordinal);
    private volatile ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, StandingVerdict>> _kinds =
        ImmutableSortedDictionary.Create<string, ImmutableSortedDictionary<string, StandingVerdict>>(StringComparer.Ordinal);

    /// <summary>Verdicts of a kind differ from before, in state or in sentence; on the thread that set them. It must return at once and may not throw.</summary>
    public event Action? Changed;

    /// <summary>States that changed, in order; on the thread that set them, one call at a time. It must return at once and may not throw.</summary>
    public event Action<IReadOnlyList<VerdictChange>>? StatesChanged;

    /// <summary>
    /// The sentence of a state that has just begun became another: what the kernel says first is seconds, or less, ahead of what others say
    /// about the cause. The time of the change is that of the state; on the thread that set it, as <see cref="StatesChanged"/>.
    /// </summary>
    public event Action<VerdictChange>? Explained;

    /// <summary>Every verdict, by kind and object.</summary>
    public IEnumerable<Verdict> All => Standing.Select(static s => s.Verdict);

    /// <summary>Every verdict with how long it has stood, by kind and object.</summary>
    public IEnumerable<StandingVerdict> Standing
    {
        get
        {
            foreach (var (_, verdicts) in _kinds)
            {
                foreach (var (_, standing) in verdicts) yield return standing;
            }
        }
    }

    /// <summary>The verdicts of a kind, by object; empty before they were set.</summary>
    public IReadOnlyList<Verdict> Of(string kind) => [.. Known(kind).Values.Select(static s => s.Verdict)];

    /// <summary>The verdict of an object; null where there is none.</summary>
    public StandingVerdict? Find(string kind, string @object) => Known(kind).GetValueOrDefault(@object);

    /// <summary>Replaces the verdicts of a kind; an object that is not among them has gone.</summary>
    public void Set(string kind, IReadOnlyList<Verdict> verdicts)
    {
        lock (_lock)
        {
            var edit = new VerdictEdit(clock, kind, Known(kind), _remembered);
            _named.Clear();
            for (var i = 0; i < verdicts.Count; i++)
            {
                edit.Put(verdicts[i]);
                _named.Add(verdicts[i].Object);
            }

            if (edit.Verdicts.Count > _named.Count) edit.RemoveOthers(_named);
            edit.ForgetOthers();
            if (!Take(kind, edit)) return;
        }

        Changed?.Invoke();
    }

    /// <summary>Sets one verdict and leaves the others of its kind as they are.</summary>
    public void Update(Verdict verdict) => Update(verdict.Kind, new ReadOnlySpan<Verdict>(in verdict), []);

    /// <summary>Sets some verdicts of a kind, takes others away, and leaves the rest as they are.</summary>
    /// <param name="kind">Theirs.</param>
    /// <param name="verdicts">Those that may differ.</param>
    /// <param name="gone">Objects that are no more.</param>
    public void Update(string kind, ReadOnlySpan<Verdict> verdicts, ReadOnlySpan<string> gone)
    {
        lock (_lock)
        {
            var edit = new VerdictEdit(clock, kind, Known(kind), _remembered);
            foreach (var verdict in verdicts) edit.Put(verdict);
            foreach (var name in gone) edit.Remove(name);
            if (!Take(kind, edit)) return;
        }

        Changed?.Invoke();
    }

    private ImmutableSortedDictionary<string, StandingVerdict> Known(string kind) => _kinds.GetValueOrDefault(kind, s_none);

    private bool Take(string kind, in VerdictEdit edit)
    {
        if (edit.Changes is { Count: > 0 } changes) StatesChanged?.Invoke(changes);
        if (edit.Explained is { } explained)
        {
            foreach (var change in explained) Explained?.Invoke(change);
        }

        if (ReferenceEquals(edit.Verdicts, Known(kind))) return false;
        _kinds = _kinds.SetItem(kind, edit.Verdicts);
        return true;
    }
}
