namespace NodeAgent.Migration.Store;

/// <summary>Is told what happens in migrations, in order, on the thread that published. Must return at once and may not throw.</summary>
public interface IMigrationObserver
{
    void Happened(in MigrationEvent happened, in MigrationStatus status);

    /// <summary>After the event of its end: the whole of it, as the history keeps it.</summary>
    void Ended(MigrationRecord record);

    /// <summary>A migration that ended is no longer told of.</summary>
    void Left(string migration)
    {
    }
}
