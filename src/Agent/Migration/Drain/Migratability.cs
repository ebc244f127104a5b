namespace NodeAgent.Migration.Drain;

/// <summary>What the Kubernetes API says about whether a guest can be migrated. Null: it does not say.</summary>
/// <param name="IsMigratable">The condition LiveMigratable.</param>
/// <param name="Reason">Why not.</param>
/// <param name="VolumesNotShared">Names of volumes that are not ReadWriteMany.</param>
public sealed record Migratability(bool? IsMigratable, string? Reason = null, IReadOnlyList<string>? VolumesNotShared = null);
