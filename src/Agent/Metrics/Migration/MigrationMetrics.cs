using NodeAgent.Metrics.Instruments;
using NodeAgent.Migration.Model;
using NodeAgent.Migration.Sampling;
using NodeAgent.Migration.Store;

namespace NodeAgent.Metrics.Migration;

/// <summary>Migrations as the board has them, and what of those that ended can be counted: by outcome and direction, never by guest.</summary>
internal sealed class MigrationMetrics : IMigrationObserver, ISamplingObserver
{
    private static readonly HistogramBounds s_durations = new(1, 2.5, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200);
    private static readonly HistogramBounds s_downtimes = new(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10);
    private static readonly HistogramBounds s_passes = new(1, 2, 3, 5, 8, 12, 20, 35, 60, 100, 200, 500, 1000);
    private static readonly HistogramBounds s_samples = new(0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5);

    // 64 MiB to 1 TiB.
    private static readonly HistogramBounds s_bytes = new([.. Enumerable.Range(26, 15).Select(static power => (double)(1L << power))]);

    private readonly MigrationTables _tables;
    private readonly SeriesSet<Counter> _finished;
    private readonly SeriesSet<Histogram> _duration;
    private readonly SeriesSet<Histogram> _downtime;
    private readonly SeriesSet<Histogram> _sent;
    private readonly SeriesSet<Histogram> _pass;
    private readonly ForecastHits _hits;
    private readonly Counter _ok;
    private readonly Counter _failed;
    private readonly Histogram _took;

    /// <summary>Made before the board, which tells it what happens; shows the migrations of a board once it has one.</summary>
    public MigrationMetrics(MetricRegistry registry, TimeProvider clock)
    {
        _tables = new MigrationTables(clock);
        registry.Add(_tables);
        _finished = registry.Counters("nodeagent_migrations_finished_total", "Migrations that ended, by how.", "outcome", "direction");
        _duration = registry.Histograms("nodeagent_migration_duration_seconds", "How long migrations took whose beginning was seen.", s_durations, "outcome", "direction");
        _downtime = registry.Histograms("nodeagent_migration_downtime_seconds", "How long guests stood still at the switch to the other node, where it is known.", s_downtimes, "outcome", "direction");
        _sent = registry.Histograms("nodeagent_migration_sent_bytes", "What migrations sent, where it is known.", s_bytes, "outcome", "direction");
        _pass = registry.Histograms("nodeagent_migration_passes", "How many passes over the memory there were, where it is known.", s_passes, "outcome", "direction");
        _hits = new ForecastHits(registry);
        var samples = registry.Counters("nodeagent_migration_samples_total", "Statistics of migrations that were asked for: ok, or failed where no answer came in time or none that makes sense.", "result");
        (_ok, _failed) = (samples.With("ok"), samples.With("failed"));
        _took = registry.Histogram("nodeagent_migration_sample_duration_seconds", "From the question for statistics to their answer.", s_samples);
    }

    /// <summary>From now on the migrations shown are this board's.</summary>
    public void Follow(IMigrationBoard board) => _tables.Follow(board);

    public void Happened(in MigrationEvent happened, in MigrationStatus status) => _hits.Happened(happened, status);

    public void Ended(MigrationRecord record)
    {
        var (outcome, direction) = (record.Outcome.Name(), record.Direction.Name());
        _finished.With(outcome, direction).Increment();
        _hits.Ended(record);
        // Of one that ended unseen, or whose source said no end, the figures are those of some time before it.
        if (record.Outcome == MigrationOutcome.Unknown) return;
        if (!record.FoundUnderWay) _duration.With(outcome, direction).Observe(Math.Max(0, (record.Ended - record.Started).TotalSeconds));
        if (record.Downtime is { } downtime) _downtime.With(outcome, direction).Observe(downtime);
        if (record.TransferredBytes is { } sent) _sent.With(outcome, direction).Observe(sent);
        if (record.Passes is { } passes) _pass.With(outcome, direction).Observe(passes);
    }

    public void Sampled(TimeSpan took, bool failed)
    {
        (failed ? _failed : _ok).Increment();
        _took.Observe(took);
    }
}
