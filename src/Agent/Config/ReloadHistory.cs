namespace NodeAgent.Config;

/// <summary>How reading the configuration went; the start is the first success.</summary>
public sealed record ReloadHistory
{
    public long Successes { get; init; }

    public long Failures { get; init; }

    public DateTimeOffset LastSuccess { get; init; }

    /// <summary>Null: none failed.</summary>
    public DateTimeOffset? LastFailure { get; init; }

    /// <summary>The first thing wrong with the file as it is now; null: it is in force, but for what takes effect at the next start.</summary>
    public string? Error { get; init; }
}
