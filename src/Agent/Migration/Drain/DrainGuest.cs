using NodeAgent.Migration.Store;

namespace NodeAgent.Migration.Drain;

/// <summary>A guest to be moved, and what is known that decides how its migration goes.</summary>
/// <param name="State">The guest, its dirty rate and what blocks it as the node sees them.</param>
public sealed record DrainGuest(GuestState State)
{
    /// <summary>Memory of its process that is there (VmRSS and HugetlbPages of /proc/PID/status): no more than this can be other than zeros. Null: not known.</summary>
    public long? ResidentBytes { get; init; }

    /// <summary>Its migration away from here, where one is under way.</summary>
    public MigrationStatus? Running { get; init; }

    /// <summary>What the Kubernetes API says; null: not asked.</summary>
    public Migratability? Migratability { get; init; }
}
