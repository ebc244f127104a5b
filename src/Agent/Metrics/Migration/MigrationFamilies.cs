using NodeAgent.Metrics.Instruments;
using NodeAgent.Migration.Model;

namespace NodeAgent.Metrics.Migration;

/// <summary>What is shown of guests and of migrations, until some time after their end. What nobody knows is not shown.</summary>
internal static class MigrationFamilies
{
    private static readonly LabelSet[] s_directions = [.. Enum.GetValues<MigrationDirection>().Select(static d => new LabelSet(("direction", d.Name())))];
    private static readonly LabelSet[] s_sources = [.. Enum.GetValues<GuestSourceKind>().Select(static s => new LabelSet(("source", s.Name())))];

    public static readonly MigrationFamily[] All =
    [
        new(
            new MetricFamily("nodeagent_migrations_active", MetricType.Gauge, "Migrations under way.", "direction"),
            static _ => s_directions.Length,
            static (t, i, sink) => sink.Value(s_directions[i], t.Active(i))),
        new(
            new MetricFamily("nodeagent_migrations_without_series", MetricType.Gauge, "Migrations under way or just ended that have no series of their own: there are more than 256, or another one of the same labels is shown."),
            static _ => 1,
            static (t, _, sink) => sink.Value(LabelSet.None, t.LeftOut)),
        Counts("memory_bytes", MetricType.Gauge, "Memory of the guest.", static r => r.Status.Sample.TotalBytes),
        Counts("remaining_bytes", MetricType.Gauge, "Memory that is not sent yet, or was dirtied again.", static r => r.Status.Sample.RemainingBytes),
        Counts("transferred_bytes_total", MetricType.Counter, "Bytes sent; begins anew with another migration of the guest.", static r => r.Status.Sample.TransferredBytes),
        Value("transfer_bytes_per_second", "How fast it is sent, in the source's own words.", static (r, _) => Running(r, r.Status.Sample.TransferBytesPerSecond)),
        Value("dirty_bytes_per_second", "How fast the guest dirties memory, each page once a pass; absent in the first pass.", static (r, _) => Running(r, Dirty(r))),
        Counts("pass", MetricType.Gauge, "The pass over the memory it is in, from 1.", static r => r.Status.Sample.Pass),
        Value("throttle_ratio", "How much of the guest's CPU time is taken to make it dirty less; 0 where it is not throttled.", static (r, _) => Running(r, r.Status.SampledAt is null ? null : r.Status.Forecast.ThrottlePercent / 100.0)),
        Value("expected_downtime_seconds", "How long the guest will stand still, at most; after the end, how long it did.", static (r, _) => r.Status.Forecast.ExpectedDowntimeMilliseconds / 1000),
        Value("elapsed_seconds", "How long it has been under way, or was.", Elapsed),
        Value("remaining_low_seconds", "How long it will still take, at least; absent where nobody can say.", static (r, _) => Running(r, r.Status.Forecast.RemainingSecondsLow)),
        Value("remaining_high_seconds", "How long it will still take, at most; absent where it may go on for ever, or nobody can say.", static (r, _) => Running(r, r.Status.Forecast.RemainingSecondsHigh)),
        Value("last_sample_timestamp_seconds", "When its counters were read last, Unix time; absent on the destination, which has none.", static (r, _) => r.Status.SampledAt?.ToUnixTimeMilliseconds() / 1000.0),
        new(
            new MetricFamily("nodeagent_migration_verdict", MetricType.Gauge, "1 for whether it will finish or how it ended, 0 for the other verdicts.", "namespace", "name", "direction", "peer", "verdict"),
            static t => t.Rows.Count * MigrationLabels.VerdictCount,
            static (t, i, sink) =>
            {
                var (row, verdict) = Math.DivRem(i, MigrationLabels.VerdictCount);
                sink.Value(t.Rows[row].Labels.Verdicts[verdict], (int)t.Rows[row].Status.Forecast.Verdict == verdict ? 1L : 0);
            }),
        new(
            new MetricFamily("nodeagent_migration_guests", MetricType.Gauge, "Guests on the node by how they are read: from libvirt, from QEMU's monitor, or from /proc alone, which tells nothing of migrations.", "source"),
            static _ => s_sources.Length,
            static (t, i, sink) => sink.Value(s_sources[i], t.Guests.Count(i))),
        new(
            new MetricFamily("nodeagent_guest_not_followed", MetricType.Gauge, "1 for each guest whose migrations cannot be seen for as long as it runs; the reason is a sentence with what to do. Of at most 256 guests.", "namespace", "name", "reason"),
            static t => t.Guests.NotFollowed.Length,
            static (t, i, sink) => sink.Value(t.Guests.NotFollowed[i], 1L)),
        new(
            new MetricFamily("nodeagent_guest_dirty_bytes_per_second", MetricType.Gauge, "How fast a guest dirtied memory when it was measured last, by anyone; of at most 256 guests.", "namespace", "name"),
            static t => t.Guests.Measured.Length,
            static (t, i, sink) => sink.Value(t.Guests.Measured[i].Labels, t.Guests.Measured[i].Rate.BytesPerSecond)),
        new(
            new MetricFamily("nodeagent_guest_dirty_rate_timestamp_seconds", MetricType.Gauge, "When that was, Unix time.", "namespace", "name"),
            static t => t.Guests.Measured.Length,
            static (t, i, sink) => sink.Value(t.Guests.Measured[i].Labels, t.Guests.Measured[i].Rate.MeasuredAt.ToUnixTimeMilliseconds() / 1000.0)),
    ];

    private static MigrationFamily Counts(string name, MetricType type, string help, Func<MigrationRow, long?> value) => Row(name, type, help, (t, row, sink) =>
    {
        if (value(row) is { } known) sink.Value(row.Labels.All, known);
    });

    private static MigrationFamily Value(string name, string help, Func<MigrationRow, DateTimeOffset, double?> value) => Row(name, MetricType.Gauge, help, (t, row, sink) =>
    {
        if (value(row, t.Now) is { } known) sink.Value(row.Labels.All, known);
    });

    private static MigrationFamily Row(string name, MetricType type, string help, Action<MigrationTable, MigrationRow, MetricSink> write) => new(
        new MetricFamily("nodeagent_migration_" + name, type, help, "namespace", "name", "direction", "peer"),
        static t => t.Rows.Count,
        (t, i, sink) => write(t, t.Rows[i], sink));

    // After the end nothing is sent, dirtied or throttled any more.
    private static double? Running(in MigrationRow row, double? value) => row.Status.Ended is null ? value : null;

    private static double? Dirty(in MigrationRow row) => row.Status.Forecast.DirtyBytesPerSecond is var dirty && (dirty > 0 || row.Status.Forecast.Pass > 1) ? dirty : null;

    // The source's own where it has one: it knows what was before the agent came, and no clock steps in it.
    private static double? Elapsed(MigrationRow row, DateTimeOffset now) =>
        row.Status.Sample.Elapsed?.TotalSeconds ?? Math.Max(0, ((row.Status.Ended ?? now) - row.Status.Started).TotalSeconds);
}
