using NodeAgent.Migration.Sampling;
using NodeAgent.Migration.Store;

namespace NodeAgent.Metrics.Migration;

/// <summary>Migrations as the board has them, and what of those that ended can be counted.</summary>
internal sealed class MigrationMetrics : IMigrationObserver, ISamplingObserver
{
    /// <summary>Made before the board, which tells it what happens; shows the migrations of a board once it has one.</summary>
    public MigrationMetrics(MetricRegistry registry, TimeProvider clock) => _ = (registry, clock);

    /// <summary>From now on the migrations shown are this board's.</summary>
    public void Follow(IMigrationBoard board) => _ = board;

    public void Happened(in MigrationEvent happened, in MigrationStatus status)
    {
    }

    public void Ended(MigrationRecord record)
    {
    }

    public void Sampled(TimeSpan took, bool failed)
    {
    }
}
