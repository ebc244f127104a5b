using NodeAgent.Migration.Model;

namespace NodeAgent.Migration.Store;

/// <summary>
/// Changes that everybody sees at once, as one version: made by <see cref="MigrationStore.Write"/>, published by its disposal. Nobody reads
/// the store meanwhile, so it is filled without waiting for anything.
/// </summary>
public readonly ref struct MigrationBatch
{
    private readonly MigrationStore _store;

    internal MigrationBatch(MigrationStore store) => _store = store;

    /// <summary>A guest that came, or of which something else is known now.</summary>
    public void Put(GuestState guest) => _store.Put(guest);

    /// <summary>A guest's process that ended.</summary>
    public void Remove(GuestProcess guest) => _store.Remove(guest);

    /// <summary>The node was looked over once: what is listed now is all there is.</summary>
    public void Ready() => _store.SetReady();

    /// <summary>A migration, new or changed. What happened follows from what differs: a start, another phase, another verdict, the end.</summary>
    /// <param name="status">The whole of it; its version is the store's affair.</param>
    /// <param name="at">When the agent learned of it.</param>
    public void Put(in MigrationStatus status, DateTimeOffset at) => _store.Put(status, at);

    /// <summary>A migration that goes on after a restart of the agent, with what the process before knew of it.</summary>
    public void Resume(in MigrationStatus status, DateTimeOffset at, MigrationRecord known) => _store.Resume(status, at, known);

    /// <summary>A pass was closed.</summary>
    public void Pass(string migration, in MigrationPass pass, DateTimeOffset at) => _store.Pass(migration, pass, at);

    /// <summary>A migration that ended while the agent did not run: for the history and whoever counts, since nobody is told of it otherwise.</summary>
    public void Record(MigrationRecord record) => _store.Record(record);

    public void Dispose() => _store.Commit();
}
