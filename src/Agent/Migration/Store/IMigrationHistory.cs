namespace NodeAgent.Migration.Store;

/// <summary>Migrations that ended, also before this process. Safe from any thread; never waits for a disk.</summary>
public interface IMigrationHistory
{
    /// <summary>Newest first, by the order in which they ended.</summary>
    /// <param name="uuid">Only of this guest; null: of all.</param>
    /// <param name="limit">At most so many.</param>
    IReadOnlyList<MigrationRecord> Newest(string? uuid, int limit);
}
