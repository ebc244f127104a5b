namespace NodeAgent.Migration.Store;

/// <summary>What happened in a migration so far, each list oldest first. The reader's own, and used again and again.</summary>
public sealed class MigrationDetails
{
    /// <summary>Those that were closed.</summary>
    public List<TimedPass> Passes { get; } = [];

    /// <summary>The first one comes with the start.</summary>
    public List<TimedVerdict> Verdicts { get; } = [];

    /// <summary>Up to the end; the first one comes with the start.</summary>
    public List<TimedPhase> Phases { get; } = [];

    public void Clear()
    {
        Passes.Clear();
        Verdicts.Clear();
        Phases.Clear();
    }
}
