using NodeAgent.Migration.Model;

namespace NodeAgent.Migration.Store;

/// <summary>A pass, and when the agent learned that it was over.</summary>
public readonly record struct TimedPass(DateTimeOffset Time, MigrationPass Pass);
