using NodeAgent.Migration.Model;

namespace NodeAgent.Migration.Store;

/// <summary>What is remembered of migrations that were under way when the agent last ran. Never waits for a disk.</summary>
public interface IOpenMigrations
{
    /// <summary>
    /// What was remembered of a migration of this process; null: nothing. Whoever takes it goes on with it under the same id, until it ends:
    /// it is given away once.
    /// </summary>
    OpenMigration? TryResume(GuestProcess process, string uuid, MigrationDirection direction);

    /// <summary>
    /// The node was looked over: what was under way for a process that is not among these ended while the agent was not running, its outcome
    /// unknown; the caller records it. What was under way for one of these waits for <see cref="TryResume"/>.
    /// </summary>
    IReadOnlyList<MigrationRecord> EndedUnseen(IReadOnlySet<GuestProcess> present);
}
