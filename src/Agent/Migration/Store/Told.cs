namespace NodeAgent.Migration.Store;

/// <summary>What observers are told of one event.</summary>
/// <param name="Happened">The event.</param>
/// <param name="Status">The migration right after it.</param>
/// <param name="Record">Of an end; else null.</param>
internal readonly record struct Told(MigrationEvent? Happened, MigrationStatus Status, MigrationRecord? Record)
{
    /// <summary>The id of a migration that is no longer told of; else null.</summary>
    public string? Left { get; init; }
}
