using NodeAgent.Migration.Model;

namespace NodeAgent.Migration.Traces;

/// <summary>One thing a timeline tells: a sample, or that a pass began.</summary>
/// <param name="Sample">Its time is the entry's in either case.</param>
/// <param name="SyncedPass">The pass that began at that time; null for a sample.</param>
public readonly record struct TraceEntry(MigrationSample Sample, long? SyncedPass = null);
