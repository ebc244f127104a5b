using NodeAgent.Migration.Model;

namespace NodeAgent.Migration.Libvirt.Wire;

/// <summary>Statistics of a domain's job, the one under way or the last that ended.</summary>
/// <param name="Kind">How it stands.</param>
/// <param name="Operation">virDomainJobOperation; null: not said (no job, or libvirt before 3.3).</param>
/// <param name="Sample">Its counters, without a phase: that follows from what came before, too.</param>
public readonly record struct JobStatistics(JobKind Kind, long? Operation, MigrationSample Sample)
{
    private const long MigrationIn = 4;
    private const long MigrationOut = 5;

    public bool IsOutgoing => Kind != JobKind.None && Operation is null or MigrationOut;

    /// <summary>Saving, dumping, taking a snapshot or a backup are jobs too, with the same counters.</summary>
    public bool IsMigration => Kind != JobKind.None && Operation is null or MigrationOut or MigrationIn;

    public bool IsUnderWay => Kind is JobKind.Bounded or JobKind.Unbounded;

    /// <summary>Of a reply to DOMAIN_GET_JOB_STATS.</summary>
    public static JobStatistics Read(ref XdrReader reader, TimeSpan at)
    {
        var kind = reader.ReadInt32();
        if (kind is < (int)JobKind.None or > (int)JobKind.Cancelled) throw reader.Wrong($"expected the type of a job, 0 to 5, found {kind}");
        return ReadParameters(ref reader, (JobKind)kind, at);
    }

    /// <summary>Of the event job-completed, which has no type of its own.</summary>
    public static JobStatistics ReadCompleted(ref XdrReader reader, TimeSpan at) => ReadParameters(ref reader, JobKind.Completed, at);

    private static JobStatistics ReadParameters(ref XdrReader reader, JobKind kind, TimeSpan at)
    {
        var counters = new JobCounters();
        for (var left = TypedParameter.ReadCount(ref reader); left > 0; left--) counters.Take(TypedParameter.Read(ref reader));
        if (counters.Succeeded is 0 && kind == JobKind.Completed) kind = JobKind.Failed;
        return new JobStatistics(kind, counters.Operation, counters.ToSample(at, kind));
    }
}
