using NodeAgent.Migration.Store;

namespace NodeAgent.Metrics.Migration;

/// <summary>A migration that is shown.</summary>
internal readonly record struct MigrationRow(MigrationLabels Labels, MigrationStatus Status);
