using NodeAgent.Migration.Model;

namespace NodeAgent.Migration.Store;

/// <summary>A migration that ended: everything that is kept of it. What the wire did not say is null.</summary>
/// <param name="Id">Unique on this node.</param>
/// <param name="Uuid">Of the domain.</param>
/// <param name="Domain">Its name.</param>
/// <param name="Direction">From or to here.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Started">When the agent saw it begin.</param>
/// <param name="Ended">When the agent saw it end.</param>
public sealed record MigrationRecord(string Id, string Uuid, string Domain, MigrationDirection Direction, MigrationOutcome Outcome, DateTimeOffset Started, DateTimeOffset Ended)
{
    public string? Namespace { get; init; }

    public string? Name { get; init; }

    public string? PodUid { get; init; }

    public GuestSourceKind Source { get; init; }

    public bool FoundUnderWay { get; init; }

    public string? Peer { get; init; }

    public string? Trigger { get; init; }

    /// <summary>Why it failed or was cancelled, or why nobody knows how it ended.</summary>
    public string? Reason { get; init; }

    public TimeSpan? Downtime { get; init; }

    public long? MemoryBytes { get; init; }

    public long? TransferredBytes { get; init; }

    /// <summary>How many passes there were.</summary>
    public long? Passes { get; init; }

    /// <summary>Bytes a second over all of it.</summary>
    public double? BytesPerSecond { get; init; }

    /// <summary>Dirtied a second, of the last pass that told.</summary>
    public double? DirtyBytesPerSecond { get; init; }

    public int ThrottlePercent { get; init; }

    /// <summary>The last 1,000.</summary>
    public IReadOnlyList<TimedPass> PassList { get; init; } = [];

    /// <summary>The last 1,000 changes.</summary>
    public IReadOnlyList<TimedVerdict> Verdicts { get; init; } = [];

    /// <summary>The last 1,000, up to the end.</summary>
    public IReadOnlyList<TimedPhase> Phases { get; init; } = [];
}
