using NodeAgent.Migration.Model;

namespace NodeAgent.Migration.Sources;

/// <summary>Something that a source heard, without being asked.</summary>
/// <param name="Kind">What.</param>
/// <param name="At">When, on <see cref="SourceClock"/>.</param>
public readonly record struct SourceEvent(SourceEventKind Kind, TimeSpan At)
{
    /// <summary>Of <see cref="SourceEventKind.Phase"/>.</summary>
    public MigrationPhase Phase { get; init; }

    /// <summary>Of <see cref="SourceEventKind.Pass"/>: the pass that begins.</summary>
    public long Pass { get; init; }

    /// <summary>Of <see cref="SourceEventKind.Completed"/>: the statistics that came with it, in one piece with a terminal phase.</summary>
    public MigrationSample Statistics { get; init; }

    /// <summary>Of <see cref="SourceEventKind.Lost"/> and <see cref="SourceEventKind.GivenUp"/>: why, a sentence.</summary>
    public string? Reason { get; init; }
}
