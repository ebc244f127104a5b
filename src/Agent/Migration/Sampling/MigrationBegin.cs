using NodeAgent.Migration.Model;

namespace NodeAgent.Migration.Sampling;

/// <summary>What is known of a migration when the agent learns that it is under way.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Guest">Whose.</param>
/// <param name="Direction">From or to here.</param>
/// <param name="Source">How it is read.</param>
/// <param name="Time">When that is.</param>
/// <param name="FoundUnderWay">It began before.</param>
internal readonly record struct MigrationBegin(string Id, Guest Guest, MigrationDirection Direction, GuestSourceKind Source, SteadyTime Time, bool FoundUnderWay)
{
    /// <summary>What was measured before it began; null: nothing, or too long ago.</summary>
    public double? MeasuredDirtyBytesPerSecond { get; init; }
}
