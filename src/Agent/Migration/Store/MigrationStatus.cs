using NodeAgent.Migration.Forecasting;
using NodeAgent.Migration.Model;

namespace NodeAgent.Migration.Store;

/// <summary>A migration at one moment: a value, copied out of the store without allocating.</summary>
/// <param name="Id">Unique on this node, also over restarts of the agent.</param>
/// <param name="Guest">Whose.</param>
/// <param name="Direction">From or to here.</param>
public readonly record struct MigrationStatus(string Id, Guest Guest, MigrationDirection Direction)
{
    /// <summary>The version of the store at which it changed last.</summary>
    public long Version { get; init; }

    public GuestSourceKind Source { get; init; }

    public MigrationPhase Phase { get; init; }

    public DateTimeOffset Started { get; init; }

    /// <summary>Null while it runs.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>Null while it runs.</summary>
    public MigrationOutcome? Outcome { get; init; }

    /// <summary>It was found under way: what came before is not known.</summary>
    public bool FoundUnderWay { get; init; }

    /// <summary>The last good value of each counter; on the destination none.</summary>
    public MigrationSample Sample { get; init; }

    /// <summary>When <see cref="Sample"/> was taken; null: never.</summary>
    public DateTimeOffset? SampledAt { get; init; }

    public MigrationForecast Forecast { get; init; }

    /// <summary>How long the guest stood still; null before that, or where nobody knows.</summary>
    public TimeSpan? Downtime { get; init; }

    /// <summary>Where it goes to or comes from; null where that cannot be seen.</summary>
    public string? Peer { get; init; }

    /// <summary>What asked for it; null where that is not known.</summary>
    public string? Trigger { get; init; }

    /// <summary>Why it failed or was cancelled, in the source's words.</summary>
    public string? Error { get; init; }

    /// <summary>What cannot be read of it at present, and why; null where nothing is missing.</summary>
    public string? Limitation { get; init; }
}
