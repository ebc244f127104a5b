using NodeAgent.Migration.Model;

namespace NodeAgent.Migration.Store;

/// <summary>A phase, and since when it lasted.</summary>
public readonly record struct TimedPhase(DateTimeOffset Time, MigrationPhase Phase);
