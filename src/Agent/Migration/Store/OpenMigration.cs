using NodeAgent.Migration.Model;

namespace NodeAgent.Migration.Store;

/// <summary>A migration that was under way when the agent last wrote of it.</summary>
/// <param name="Process">Of the guest.</param>
/// <param name="SoFar">Id, start, passes, verdicts and the last good counters. Its outcome is Unknown, its end the time of what was written last.</param>
public sealed record OpenMigration(GuestProcess Process, MigrationRecord SoFar)
{
    /// <summary>The phase it was in then.</summary>
    public MigrationPhase Phase { get; init; }
}
