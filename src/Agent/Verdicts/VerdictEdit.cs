using System.Collections.Immutable;

namespace NodeAgent.Verdicts;

/// <summary>The verdicts of a kind while they are set anew: what they become and which states changed on the way.</summary>
/// <param name="clock">Dates changes.</param>
/// <param name="kind">Theirs.</param>
/// <param name="verdicts">As they were.</param>
/// <param name="remembered">How objects stood when the agent last ran; those that were told of are taken out.</param>
internal struct VerdictEdit(TimeProvider clock, string kind, ImmutableSortedDictionary<string, StandingVerdict> verdicts, Dictionary<(string Kind, string Object), RememberedVerdict> remembered)
{
    // By then everybody who knows something of the cause has said so.
    private static readonly TimeSpan s_settling = TimeSpan.FromSeconds(3);

    public ImmutableSortedDictionary<string, StandingVerdict> Verdicts { get; private set; } = verdicts;

    /// <summary>Sentences of states that have just begun; null where there are none.</summary>
    public List<VerdictChange>? Explained { get; private set; }

    /// <summary>Null where no state changed.</summary>
    public List<VerdictChange>? Changes { get; private set; }

    /// <summary>An object that is as it was is left alone.</summary>
    public void Put(Verdict verdict)
    {
        if (verdict.Kind != kind) throw new ArgumentException($"{verdict.Object} is of the kind {verdict.Kind}, expected {kind}", nameof(verdict));
        var known = Verdicts.GetValueOrDefault(verdict.Object);
        if (known is not null && known.Verdict == verdict) return;
        var (state, since) = (known?.Verdict.State, known?.Since);
        if (known is null && remembered.Count > 0 && remembered.Remove((kind, verdict.Object), out var former)) (state, since) = (former.State, former.Since);
        if (state != verdict.State || since is not { } begun)
        {
            begun = clock.GetUtcNow();
            Note(new VerdictChange(begun, kind, verdict.Object, state, verdict));
        }
        else if (known is not null && known.Verdict.Sentence != verdict.Sentence && clock.GetUtcNow() - begun <= s_settling)
        {
            (Explained ??= []).Add(new VerdictChange(begun, kind, verdict.Object, state, verdict));
        }

        Verdicts = Verdicts.SetItem(verdict.Object, new StandingVerdict(verdict, begun));
    }

    public void Remove(string name)
    {
        if (!Verdicts.TryGetValue(name, out var known)) return;
        Verdicts = Verdicts.Remove(name);
        Note(new VerdictChange(clock.GetUtcNow(), kind, name, known.Verdict.State, null));
    }

    public void RemoveOthers(HashSet<string> kept)
    {
        foreach (var (name, _) in Verdicts)
        {
            if (!kept.Contains(name)) Remove(name);
        }
    }

    /// <summary>What is remembered of the kind and was not told of has gone.</summary>
    public void ForgetOthers()
    {
        if (remembered.Count == 0) return;
        foreach (var (key, former) in remembered)
        {
            if (former.Kind != kind) continue;
            remembered.Remove(key);
            Note(new VerdictChange(clock.GetUtcNow(), kind, former.Object, former.State, null));
        }
    }

    private void Note(VerdictChange change) => (Changes ??= []).Add(change);
}
