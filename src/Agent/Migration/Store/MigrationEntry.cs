using NodeAgent.Migration.Model;

namespace NodeAgent.Migration.Store;

/// <summary>One migration in the store, linked to the ones that changed before and after it.</summary>
internal sealed class MigrationEntry
{
    /// <summary>More passes, phases, and changes of the verdict, are not kept of one migration.</summary>
    public const int Most = 1000;

    public MigrationStatus Status;

    public MigrationEntry? Older;

    public MigrationEntry? Newer;

    /// <summary>When it is no longer told of, of <see cref="TimeProvider.GetTimestamp"/>; null while it runs.</summary>
    public long? LeavesAt { get; set; }

    public List<TimedPass> Passes { get; } = [];

    public List<TimedVerdict> Verdicts { get; } = [];

    public List<TimedPhase> Phases { get; } = [];

    public void Add(DateTimeOffset time, in MigrationPass pass) => Keep(Passes, new TimedPass(time, pass));

    public void Add(DateTimeOffset time, MigrationVerdict verdict) => Keep(Verdicts, new TimedVerdict(time, verdict));

    public void Add(DateTimeOffset time, MigrationPhase phase) => Keep(Phases, new TimedPhase(time, phase));

    private static void Keep<T>(List<T> list, T item)
    {
        if (list.Count == Most) list.RemoveAt(0);
        list.Add(item);
    }
}
