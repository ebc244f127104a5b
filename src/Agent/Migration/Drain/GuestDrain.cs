using NodeAgent.Migration.Model;

namespace NodeAgent.Migration.Drain;

/// <summary>How one guest's migration would go, once begun; of one that is under way, how it goes on.</summary>
/// <param name="Guest">Whose.</param>
public sealed record GuestDrain(DrainGuest Guest)
{
    /// <summary>Null: it cannot begin (see <see cref="Blockers"/>).</summary>
    public MigrationVerdict? Verdict { get; init; }

    /// <summary>At least this long; null: nobody can say.</summary>
    public double? LowSeconds { get; init; }

    /// <summary>At most this long; null: it may go on for ever, or nobody can say.</summary>
    public double? HighSeconds { get; init; }

    /// <summary>How long the guest stands still, at most; null: nobody can say.</summary>
    public double? ExpectedDowntimeMilliseconds { get; init; }

    /// <summary>Bytes a second it has for itself; null: none known.</summary>
    public double? BytesPerSecond { get; init; }

    /// <summary>Bytes a second that would let it finish; null where it finishes as it is.</summary>
    public double? NeedsBytesPerSecond { get; init; }

    /// <summary>How long post-copy would take, where pre-copy does not finish.</summary>
    public double? PostcopySeconds { get; init; }

    /// <summary>What decides how long it takes, a sentence; null where there is nothing to say.</summary>
    public string? Factor { get; init; }

    /// <summary>What would make it finish; null where nothing is needed.</summary>
    public string? Advice { get; init; }

    /// <summary>Why it blocks the drain, a sentence each, without the guest's name; empty: it does not.</summary>
    public IReadOnlyList<string> Blockers { get; init; } = [];

    /// <summary>What is not known of it and would matter, a sentence each.</summary>
    public IReadOnlyList<string> Unknowns { get; init; } = [];
}
