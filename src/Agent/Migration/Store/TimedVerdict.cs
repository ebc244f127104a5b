using NodeAgent.Migration.Model;

namespace NodeAgent.Migration.Store;

/// <summary>A verdict, and since when it held.</summary>
public readonly record struct TimedVerdict(DateTimeOffset Time, MigrationVerdict Verdict);
