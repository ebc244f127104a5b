using NodeAgent.Node;

namespace NodeAgent.Migration.Store;

/// <summary>Guests and migrations of the node, as everybody sees them. Safe from any thread.</summary>
public interface IMigrationBoard
{
    /// <summary>Tells the versions of this process from those of another.</summary>
    long Epoch { get; }

    /// <summary>Grows with each publication.</summary>
    long Version { get; }

    /// <summary>False until the node was looked over once.</summary>
    bool IsReady { get; }

    /// <summary>By namespace and name.</summary>
    IReadOnlyList<GuestState> Guests { get; }

    /// <summary>Adds the migrations under way and those that ended a short time ago, by their start.</summary>
    void CopyTo(List<MigrationStatus> into);

    /// <summary>Adds what happened so far in a migration that is told of; false where there is no such.</summary>
    bool Details(string id, MigrationDetails into);

    /// <summary>Fills in what changed after a version; everything where the version is 0, unknown, or too long ago.</summary>
    void Since(long version, MigrationDelta into);

    /// <summary>Migrations that ended, newest first.</summary>
    /// <param name="uuid">Only of this guest; null: of all.</param>
    /// <param name="limit">At most so many.</param>
    IReadOnlyList<MigrationRecord> History(string? uuid, int limit);

    /// <summary>Signals a watcher at each publication from now on.</summary>
    void Subscribe(Pulse watcher);

    void Unsubscribe(Pulse watcher);
}
