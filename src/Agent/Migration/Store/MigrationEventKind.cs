namespace NodeAgent.Migration.Store;

/// <summary>What happened in a migration.</summary>
public enum MigrationEventKind
{
    Started,

    Phase,

    Pass,

    Verdict,

    Ended,
}
