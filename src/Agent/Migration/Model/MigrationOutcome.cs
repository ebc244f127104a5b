namespace NodeAgent.Migration.Model;

/// <summary>How a migration ended.</summary>
public enum MigrationOutcome
{
    Completed,

    Failed,

    Cancelled,

    /// <summary>It ended while nobody looked, or the guest's process ended with it unresolved.</summary>
    Unknown,
}
