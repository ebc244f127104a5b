using NodeAgent.Migration.Model;

namespace NodeAgent.Migration.Store;

/// <summary>Something that happened in a migration; none is ever left out for a reader.</summary>
/// <param name="Sequence">Grows with each event of this process.</param>
/// <param name="Version">The version of the store that it came with.</param>
/// <param name="Time">When the agent learned of it.</param>
/// <param name="Migration">The migration's id.</param>
/// <param name="Kind">What.</param>
public readonly record struct MigrationEvent(long Sequence, long Version, DateTimeOffset Time, string Migration, MigrationEventKind Kind)
{
    /// <summary>Of every kind: the phase it is in.</summary>
    public MigrationPhase Phase { get; init; }

    /// <summary>Of every kind: the verdict that holds.</summary>
    public MigrationVerdict Verdict { get; init; }

    /// <summary>Of <see cref="MigrationEventKind.Pass"/>: the pass that was closed.</summary>
    public MigrationPass Pass { get; init; }

    /// <summary>Of <see cref="MigrationEventKind.Started"/>.</summary>
    public bool FoundUnderWay { get; init; }
}
