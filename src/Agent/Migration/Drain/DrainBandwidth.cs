using NodeAgent.Migration.Model;
using NodeAgent.Migration.Store;

namespace NodeAgent.Migration.Drain;

/// <summary>The bandwidth that is reckoned with, and where it comes from.</summary>
/// <param name="BytesPerSecond">Of all migrations together; null: not known.</param>
/// <param name="Migrations">How many past ones it was taken from; 0: it was asked for, or there are none.</param>
internal readonly record struct DrainBandwidth(double? BytesPerSecond, int Migrations)
{
    /// <summary>Older ones may have been over another network.</summary>
    private const int Newest = 50;

    /// <summary>A migration of less says nothing of what the network can.</summary>
    private const double LeastSeconds = 1;

    public static DrainBandwidth Of(DrainQuestion question)
    {
        if (question.BytesPerSecond is > 0) return new DrainBandwidth(question.BytesPerSecond, 0);
        var told = question.History.Where(Tells).OrderByDescending(static r => r.Ended).Take(Newest).ToList();
        if (told.Count == 0) return default;
        var together = told.Select(record => Together(told, record)).Order().ToList();
        return new DrainBandwidth(together[together.Count / 2], told.Count);
    }

    private static bool Tells(MigrationRecord record) =>
        record is { Direction: MigrationDirection.Outgoing, Outcome: MigrationOutcome.Completed, BytesPerSecond: > 0 } && (record.Ended - record.Started).TotalSeconds >= LeastSeconds;

    // With those that were under way in the middle of it: they shared what there was.
    private static double Together(List<MigrationRecord> all, MigrationRecord record)
    {
        var middle = record.Started + ((record.Ended - record.Started) / 2);
        return all.Where(other => other.Started <= middle && middle < other.Ended).Sum(static other => other.BytesPerSecond ?? 0);
    }
}
