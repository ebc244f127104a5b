using NodeAgent.Verdicts;

namespace NodeAgent.Storage.Judging;

/// <summary>How one map stands.</summary>
public sealed record MapVerdict
{
    public required MapState State { get; init; }

    public required Severity Severity { get; init; }

    /// <summary>What is wrong and the next thing to check, in one sentence that begins with the map's name; no full stop.</summary>
    public required string Sentence { get; init; }

    /// <summary>When the state began.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>Paths that carry I/O.</summary>
    public int UsablePaths { get; init; }

    /// <summary>The most that ever did.</summary>
    public int BestUsablePaths { get; init; }

    /// <summary>Its paths come and go.</summary>
    public bool IsFlapping { get; init; }

    /// <summary>I/O waits since; null where it does not.</summary>
    public DateTimeOffset? QueueingSince { get; init; }

    /// <summary>When it is to be judged again although nothing changed; null: never.</summary>
    public DateTimeOffset? ReviewAt { get; init; }
}
