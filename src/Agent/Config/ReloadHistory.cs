namespace NodeAgent.Config;

/// <summary>How reading the configuration again went since the start; the start itself is the first success.</summary>
public sealed record ReloadHistory
{
    public long Successes { get; init; }

    public long Failures { get; init; }

    public DateTimeOffset LastSuccess { get; init; }

    /// <summary>Null: none failed.</summary>
    public DateTimeOffset? LastFailure { get; init; }

    /// <summary>The file as it is now is in force, but for what takes effect at the next start.</summary>
    public bool IsCurrent => LastFailure is not { } failure || failure < LastSuccess;
}
