using NodeAgent.Tests.Qemu.Rig;
using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Qemu.Daemon;

/// <summary>What an operator's Prometheus has of a real migration.</summary>
[Collection(nameof(WholeNode))]
public sealed class PrometheusTests
{
    private const double Mebibyte = 1 << 20;
    private const string Outgoing = "{name='shop \"1\"',direction='outgoing'}";

    [SkippableFact]
    public void A_migration_has_series_until_some_time_after_its_end_and_counts_among_those_that_finished()
    {
        using var source = QemuGuest.Running(new GuestOptions { Name = "shop \"1\"", Fill = 16, Hot = 32, HotRate = 8 });
        using var destination = source.Destination();

        // It comes down to passes of a moment, and does not end before its limits are raised.
        var migration = new LiveMigration(source, destination, new MigrationOptions { BandwidthMiB = 16, DowntimeMilliseconds = 1, Tcp = true });
        var metrics = Prometheus.FreeAddress();
        using var agent = new RealAgent($$"""
            metrics: { address: "{{metrics}}", interval: 1s }
            migration: { grace: 10s }

            """);
        using var prometheus = new Prometheus(metrics);
        agent.WaitUntilRead(source.Options.Uuid);
        prometheus.Await("nodeagent_migration_guests{source='qmp'}", static v => v >= 2);
        prometheus.Await("nodeagent_migrations_active{direction='outgoing'}", static v => v == 0);
        Assert.Empty(prometheus.Ask("nodeagent_migration_verdict"));

        migration.Start();
        prometheus.Await("nodeagent_migrations_active{direction='outgoing'}", static v => v == 1);
        prometheus.Await("nodeagent_migrations_active{direction='incoming'}", static v => v == 1);
        prometheus.Await($"nodeagent_migration_pass{Outgoing}", static v => v >= 3);
        Assert.InRange(prometheus.Await($"nodeagent_migration_memory_bytes{Outgoing}", static v => v > 0) / Mebibyte, source.Options.MemoryMiB, source.Options.MemoryMiB + 32);
        Assert.InRange(prometheus.Await($"nodeagent_migration_remaining_bytes{Outgoing}", static v => v > 0) / Mebibyte, 0, source.Options.MemoryMiB);
        prometheus.Await($"nodeagent_migration_transferred_bytes_total{Outgoing}", static v => v > 32 * Mebibyte);
        prometheus.Await($"nodeagent_migration_transfer_bytes_per_second{Outgoing}", static v => v > 0);
        prometheus.Await($"time() - nodeagent_migration_last_sample_timestamp_seconds{Outgoing}", static v => v < 5);

        // The guest's own word against the metric: each page counts once in a pass, so no more than it, and half at the least.
        DirtiedRate.AssertReported(source.Truth, prometheus.Await($"max_over_time(nodeagent_migration_dirty_bytes_per_second{Outgoing}[10m])", static v => v > 0), 0.5, 1.3);

        migration.Limit(1024, 5000);
        Assert.Equal("completed", migration.WaitForEnd());
        prometheus.Await($"max_over_time(nodeagent_migration_verdict{Outgoing[..^1]},verdict='done'}}[10m])", static v => v == 1);
        prometheus.Await("nodeagent_migrations_active{direction='outgoing'}", static v => v == 0);
        const string finished = "{outcome='completed',direction='outgoing'}";
        prometheus.Await($"nodeagent_migrations_finished_total{finished}", static v => v == 1);
        var end = migration.Query();
        Assert.Equal(end["ram"]!["transferred"]!.GetValue<long>(), prometheus.Await($"nodeagent_migration_sent_bytes_sum{finished}", static _ => true));
        Assert.Equal(end["ram"]!["dirty-sync-count"]!.GetValue<long>(), prometheus.Await($"nodeagent_migration_passes_sum{finished}", static _ => true));
        Assert.Equal(end["downtime"]!.GetValue<long>() / 1000.0, prometheus.Await($"nodeagent_migration_downtime_seconds_sum{finished}", static _ => true), 3);
        Assert.Equal(1, prometheus.Await($"nodeagent_migration_duration_seconds_count{finished}", static _ => true));

        // At every moment of it one verdict held, and no more.
        foreach (var direction in (string[])["outgoing", "incoming"])
        {
            var sum = $"(sum(nodeagent_migration_verdict{{direction='{direction}'}}))[10m:500ms]";
            Assert.Equal((1, 1), (Assert.Single(prometheus.Ask($"min_over_time({sum})")), Assert.Single(prometheus.Ask($"max_over_time({sum})"))));
        }

        // Its own series leave, and what was counted stays.
        Assert.True(Wait.Until(() => prometheus.Ask("{__name__=~'nodeagent_migration_.+',name!=''}").Length == 0, 60), "the series of the migration stay");
        Assert.Equal(1, prometheus.Await($"nodeagent_migrations_finished_total{finished}", static _ => true));
    }
}
