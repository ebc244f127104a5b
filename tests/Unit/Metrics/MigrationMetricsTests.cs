using NodeAgent.Metrics;
using NodeAgent.Metrics.Instruments;
using NodeAgent.Metrics.Migration;
using NodeAgent.Migration.Forecasting;
using NodeAgent.Migration.Model;
using NodeAgent.Migration.Store;
using NodeAgent.Tests.Support;
using NodeAgent.Tests.Unit.Cli;
using Xunit;

namespace NodeAgent.Tests.Unit.Metrics;

/// <summary>The metrics of migrations, over a store as the sampler fills it.</summary>
public sealed class MigrationMetricsTests : IDisposable
{
    private readonly ManualClock _clock = new();
    private readonly MetricRegistry _registry = new();
    private readonly MigrationMetrics _metrics;
    private readonly MigrationStore _store;

    public MigrationMetricsTests()
    {
        _metrics = new MigrationMetrics(_registry, _clock);
        _store = new MigrationStore(1, TimeSpan.FromMinutes(5), _clock);
        _store.Tell(_metrics);
        _metrics.Follow(_store);
    }

    public void Dispose() => _store.Dispose();

    [Fact]
    public void All_of_it_in_both_formats()
    {
        var guest = Guest("db", 100);
        using (var batch = _store.Write())
        {
            batch.Put(new GuestState(guest, GuestSourceKind.Libvirt) { DirtyRate = new DirtyRate(40 << 20, DirtyRateMode.PageSampling, TimeSpan.FromSeconds(1), _clock.GetUtcNow()) });
            batch.Put(new GuestState(Guest("cache", 101), GuestSourceKind.Proc));
            batch.Put(Running("a", guest), _clock.GetUtcNow());
            batch.Put(new MigrationStatus("b", Guest("web", 102), MigrationDirection.Incoming) { Started = _clock.GetUtcNow(), Phase = MigrationPhase.Active }, _clock.GetUtcNow());
            batch.Put(Running("c", Guest("queue", 103)), _clock.GetUtcNow());
            batch.Pass("c", new MigrationPass(2, 10, 5e8, 4e8, 5e7, 0), _clock.GetUtcNow());
        }

        _clock.Advance(TimeSpan.FromSeconds(30));
        End(Running("c", Guest("queue", 103)) with { Downtime = TimeSpan.FromMilliseconds(34) }, MigrationOutcome.Completed);
        _metrics.Sampled(TimeSpan.FromMilliseconds(0.3), failed: false);
        _metrics.Sampled(TimeSpan.FromSeconds(2), failed: true);
        var text = Exposed.Text(_registry);
        var open = Exposed.OpenMetrics(_registry);
        Assert.Equal(ExpositionParser.Parse(text, openMetrics: false).Select(static s => (s.Key, s.Value)), ExpositionParser.Parse(open, openMetrics: true).Select(static s => (s.Key, s.Value)));
        Golden.Check("migrations.txt", text);
    }

    [Fact]
    public void A_guest_that_cannot_be_followed_is_named_with_what_to_do_and_its_name_is_escaped()
    {
        using (var batch = _store.Write())
        {
            batch.Put(new GuestState(Guest("a/ü\n\"x\" ", 100), GuestSourceKind.Proc) { IsUnreadable = true, Limitation = "its only monitor is left to whoever runs it: give the agent one of its own" });
            batch.Put(new GuestState(Guest("busy", 101), GuestSourceKind.Proc) { Limitation = "QEMU started 0.3 s ago" });
        }

        Assert.Equal(
            "nodeagent_guest_not_followed{namespace=\"shop\",name=\"a/ü\\n\\\"x\\\" \",reason=\"its only monitor is left to whoever runs it: give the agent one of its own\"} 1",
            Assert.Single(Samples(), static s => s.StartsWith("nodeagent_guest_not_followed{", StringComparison.Ordinal)));
    }

    [Fact]
    public void One_of_which_nobody_knows_how_it_ended_is_counted_and_its_figures_are_not()
    {
        using (var batch = _store.Write()) batch.Record(new MigrationRecord("x", "u", "db", MigrationDirection.Outgoing, MigrationOutcome.Unknown, _clock.GetUtcNow(), _clock.GetUtcNow()) { TransferredBytes = 5, Passes = 3 });
        Assert.Contains("nodeagent_migrations_finished_total{outcome=\"unknown\",direction=\"outgoing\"} 1", Samples());
        Assert.DoesNotContain(Samples(), static s => s.StartsWith("nodeagent_migration_", StringComparison.Ordinal) && s.Contains("outcome=\"unknown\"", StringComparison.Ordinal));
    }

    [Fact]
    public void Nothing_is_shown_before_there_is_a_board()
    {
        var registry = new MetricRegistry();
        _ = new MigrationMetrics(registry, _clock);
        Assert.DoesNotContain("nodeagent_migration_remaining_bytes", Exposed.Text(registry), StringComparison.Ordinal);
    }

    [Fact]
    public void What_nobody_knows_is_not_shown()
    {
        Put(Running("a", Guest("db", 100)) with { Forecast = new MigrationForecast(TimeSpan.FromSeconds(1), MigrationVerdict.WillNotConverge) { RemainingSecondsLow = 12, Pass = 1 } });
        var samples = Samples();
        Assert.Contains(samples, static s => s.StartsWith("nodeagent_migration_remaining_low_seconds{", StringComparison.Ordinal));
        Assert.DoesNotContain(samples, static s => s.StartsWith("nodeagent_migration_remaining_high_seconds", StringComparison.Ordinal));
        Assert.DoesNotContain(samples, static s => s.StartsWith("nodeagent_migration_dirty_bytes_per_second", StringComparison.Ordinal));
        Assert.DoesNotContain(samples, static s => s.StartsWith("nodeagent_migration_expected_downtime_seconds", StringComparison.Ordinal));
        Assert.Contains("nodeagent_migration_verdict{namespace=\"shop\",name=\"db\",direction=\"outgoing\",peer=\"10.0.0.2\",verdict=\"will-not-converge\"} 1", samples);
        Assert.Equal(9, samples.Count(static s => s.StartsWith("nodeagent_migration_verdict{", StringComparison.Ordinal)));
    }

    [Fact]
    public void One_that_ended_is_shown_for_a_while_without_its_rates_and_then_no_more()
    {
        Put(Running("a", Guest("db", 100)));
        Assert.Contains("nodeagent_migrations_active{direction=\"outgoing\"} 1", Samples());
        _clock.Advance(TimeSpan.FromSeconds(30));
        End(Running("a", Guest("db", 100)), MigrationOutcome.Failed);
        var samples = Samples();
        Assert.Contains("nodeagent_migrations_active{direction=\"outgoing\"} 0", samples);
        Assert.Contains("nodeagent_migration_verdict{namespace=\"shop\",name=\"db\",direction=\"outgoing\",peer=\"10.0.0.2\",verdict=\"failed\"} 1", samples);
        Assert.Contains(samples, static s => s.StartsWith("nodeagent_migration_transferred_bytes_total{", StringComparison.Ordinal));
        foreach (var gone in (string[])["transfer_bytes_per_second", "dirty_bytes_per_second", "throttle_ratio", "remaining_low_seconds"])
            Assert.DoesNotContain(samples, s => s.StartsWith($"nodeagent_migration_{gone}", StringComparison.Ordinal));
        _clock.Advance(TimeSpan.FromMinutes(6));
        Assert.DoesNotContain(Samples(), static s => s.Contains("name=\"db\"", StringComparison.Ordinal));
        Assert.Contains("nodeagent_migrations_finished_total{outcome=\"failed\",direction=\"outgoing\"} 1", Samples());
    }

    [Fact]
    public void A_peer_that_becomes_known_is_shown_with_the_next_scrape()
    {
        Put(Running("a", Guest("db", 100)) with { Peer = null });
        Assert.Contains(Samples(), static s => s.StartsWith("nodeagent_migration_pass{namespace=\"shop\",name=\"db\",direction=\"outgoing\",peer=\"\"}", StringComparison.Ordinal));
        Put(Running("a", Guest("db", 100)));
        Assert.Equal("nodeagent_migration_pass{namespace=\"shop\",name=\"db\",direction=\"outgoing\",peer=\"10.0.0.2\"} 3", Samples().Single(static s => s.StartsWith("nodeagent_migration_pass{", StringComparison.Ordinal)));
    }

    [Fact]
    public void Two_of_one_guest_are_not_two_series_of_one_name_and_the_one_that_runs_is_shown()
    {
        var guest = Guest("db", 100);
        Put(Running("a", guest));
        End(Running("a", guest), MigrationOutcome.Cancelled);
        Put(Running("b", guest));
        Assert.Equal("nodeagent_migration_verdict{namespace=\"shop\",name=\"db\",direction=\"outgoing\",peer=\"10.0.0.2\",verdict=\"converging\"} 1", Samples().Single(static s => s.StartsWith("nodeagent_migration_verdict{", StringComparison.Ordinal) && s.EndsWith(" 1", StringComparison.Ordinal)));
        Assert.Contains("nodeagent_migrations_without_series 1", Samples());
        ExpositionParser.Parse(Exposed.Text(_registry), openMetrics: false);
    }

    [Fact]
    public void However_many_migrate_256_have_series_and_the_rest_is_counted()
    {
        using (var batch = _store.Write())
        {
            for (var i = 0; i < 300; i++) batch.Put(Running($"m{i}", Guest($"vm{i}", i)), _clock.GetUtcNow());
        }

        var samples = Samples();
        Assert.Equal(256, samples.Count(static s => s.StartsWith("nodeagent_migration_pass{", StringComparison.Ordinal)));
        Assert.Contains("nodeagent_migrations_without_series 44", samples);
        Assert.Contains("nodeagent_migrations_active{direction=\"outgoing\"} 300", samples);
    }

    [Fact]
    public void Names_may_hold_anything()
    {
        const string Odd = "a \"b\" \\ c\nd/ü雪,x=\"y\"";
        var guest = new Guest(new GuestProcess(7, 7), "u", Odd) { MemoryBytes = 1 };
        Put(Running("a", guest) with { Peer = "node\n\"1\"" });
        Put(Running("b", guest with { Domain = new string('x', 5000) }));
        Put(Running("c", guest with { Domain = "", Uuid = "1-2-3" }));
        foreach (var (text, isOpen) in new[] { (Exposed.Text(_registry), false), (Exposed.OpenMetrics(_registry), true) })
        {
            var labels = ExpositionParser.Parse(text, isOpen).Where(static s => s.Name == "nodeagent_migration_pass").Select(static s => s.Labels).ToList();
            Assert.Contains(labels, static l => l["name"] == Odd && l["peer"] == "node\n\"1\"" && l["namespace"] == "");
            Assert.Contains(labels, static l => l["name"] == new string('x', 200));
            Assert.Contains(labels, static l => l["name"] == "1-2-3");
        }
    }

    [Fact]
    public void What_is_not_known_of_one_that_ended_is_not_observed()
    {
        Put(Running("a", Guest("db", 100)) with { FoundUnderWay = true, Sample = default });
        End(Running("a", Guest("db", 100)) with { FoundUnderWay = true, Sample = default }, MigrationOutcome.Failed);
        var samples = Samples();
        Assert.Contains("nodeagent_migrations_finished_total{outcome=\"failed\",direction=\"outgoing\"} 1", samples);
        Assert.DoesNotContain(samples, static s => s.StartsWith("nodeagent_migration_duration_seconds_count", StringComparison.Ordinal));
        Assert.DoesNotContain(samples, static s => s.StartsWith("nodeagent_migration_downtime_seconds_count", StringComparison.Ordinal));
        Assert.DoesNotContain(samples, static s => s.StartsWith("nodeagent_migration_sent_bytes_count", StringComparison.Ordinal));
        Assert.DoesNotContain(samples, static s => s.StartsWith("nodeagent_migration_passes_count", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(5, "early")]
    [InlineData(10, "inside")]
    [InlineData(39, "inside")]
    [InlineData(41, "late")]
    public void A_forecast_is_held_against_the_end(int seconds, string result)
    {
        Put(Running("a", Guest("db", 100)));
        using (var batch = _store.Write()) batch.Pass("a", new MigrationPass(2, 10, 5e8, 4e8, 5e7, 0), _clock.GetUtcNow());
        _clock.Advance(TimeSpan.FromSeconds(seconds));
        End(Running("a", Guest("db", 100)), MigrationOutcome.Completed);
        Assert.Contains($"nodeagent_migration_forecast_hits_total{{result=\"{result}\"}} 1", Samples());
        Assert.Single(Samples(), static s => s.StartsWith("nodeagent_migration_forecast_hits_total{", StringComparison.Ordinal));
    }

    [Fact]
    public void A_forecast_of_one_that_was_cancelled_is_held_against_nothing()
    {
        Put(Running("a", Guest("db", 100)));
        using (var batch = _store.Write()) batch.Pass("a", new MigrationPass(2, 10, 5e8, 4e8, 5e7, 0), _clock.GetUtcNow());
        End(Running("a", Guest("db", 100)), MigrationOutcome.Cancelled);
        Assert.DoesNotContain(Samples(), static s => s.StartsWith("nodeagent_migration_forecast_hits_total{", StringComparison.Ordinal));
    }

    [Fact]
    public void A_scrape_makes_nothing_though_a_hundred_migrations_went_on_since_the_last()
    {
        var guests = Enumerable.Range(0, 100).Select(static i => Guest($"vm{i}", i)).ToList();
        var statuses = guests.Select((g, i) => Running($"m{i}", g)).ToList();
        var (tables, sink) = (Tables, new CountingSink());
        var least = long.MaxValue;
        for (var round = 0; round < 6; round++)
        {
            using (var batch = _store.Write())
            {
                for (var i = 0; i < statuses.Count; i++) batch.Put(statuses[i] with { Sample = statuses[i].Sample with { TransferredBytes = round } }, _clock.GetUtcNow());
            }

            var before = GC.GetAllocatedBytesForCurrentThread();
            Scrape(tables, sink);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
        Assert.True(sink.Samples > 6 * 100 * 20);
    }

    [Fact]
    public void A_scrape_that_takes_its_time_sees_one_state()
    {
        Put(Running("a", Guest("db", 100)));
        using var slow = (MigrationTable)Tables.Take();
        for (var i = 0; i < 3; i++)
        {
            Put(Running($"b{i}", Guest($"vm{i}", 200 + i)));
            using var quick = (MigrationTable)Tables.Take();
            Assert.Equal(i + 2, quick.Rows.Count);
            Assert.Single(slow.Rows);
            using var another = Tables.Take();
            Assert.Same(quick, another);
        }
    }

    private IMetricSource Tables => _registry.Sources.OfType<MigrationTables>().Single();

    private static Guest Guest(string name, int pid) => new(new GuestProcess(pid, 7), $"uuid-{name}", $"shop_{name}") { Namespace = "shop", Name = name, MemoryBytes = 4L << 30 };

    private MigrationStatus Running(string id, Guest guest) => new(id, guest, MigrationDirection.Outgoing)
    {
        Started = _clock.GetUtcNow(),
        Phase = MigrationPhase.Active,
        Source = GuestSourceKind.Libvirt,
        Peer = "10.0.0.2",
        SampledAt = _clock.GetUtcNow(),
        Sample = new MigrationSample(TimeSpan.FromSeconds(5)) { Elapsed = TimeSpan.FromSeconds(21.5), TotalBytes = 4L << 30, RemainingBytes = 1L << 30, TransferredBytes = 3L << 30, TransferBytesPerSecond = 150e6, Pass = 3 },
        Forecast = new MigrationForecast(TimeSpan.FromSeconds(5), MigrationVerdict.Converging) { RemainingSecondsLow = 8, RemainingSecondsHigh = 40.5, ExpectedDowntimeMilliseconds = 120, Pass = 3, DirtyBytesPerSecond = 50e6, ThrottlePercent = 20 },
    };

    private void Put(MigrationStatus status)
    {
        using var batch = _store.Write();
        batch.Put(status, _clock.GetUtcNow());
    }

    private void End(MigrationStatus status, MigrationOutcome outcome)
    {
        var verdict = outcome switch
        {
            MigrationOutcome.Completed => MigrationVerdict.Done,
            MigrationOutcome.Failed => MigrationVerdict.Failed,
            _ => MigrationVerdict.Cancelled,
        };
        using var batch = _store.Write();
        batch.Put(status with { Ended = _clock.GetUtcNow(), Outcome = outcome, Forecast = new MigrationForecast(TimeSpan.FromSeconds(9), verdict) }, _clock.GetUtcNow());
    }

    private string[] Samples() => Exposed.Text(_registry).Split('\n');

    private static void Scrape(IMetricSource tables, MetricSink sink)
    {
        using var snapshot = tables.Take();
        for (var family = 0; family < MigrationFamilies.All.Length; family++)
        {
            for (var i = 0; i < snapshot.Count(family); i++) snapshot.Write(family, i, sink);
        }
    }
}
