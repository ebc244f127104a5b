using NodeAgent.Migration.Drain;
using NodeAgent.Migration.Forecasting;
using NodeAgent.Migration.Model;
using NodeAgent.Migration.Store;
using Xunit;
using static NodeAgent.Tests.Unit.Migration.Drain.DrainMaker;

namespace NodeAgent.Tests.Unit.Migration.Drain;

/// <summary>How long a drain takes and what blocks it.</summary>
public sealed class DrainTests
{
    [Fact]
    public void Guests_that_can_all_be_moved_take_a_span_of_time()
    {
        var drain = DrainForecaster.Of(Question(Guest("a", 64, 20), Guest("b", 64, 20), Guest("c", 32, 5)) with { BytesPerSecond = 1228.8 * MiB });
        Assert.Matches("^evacuation takes [0-9]+ (s )?to [0-9]+ (s|min) with 2 at a time at 1.2 GiB/s$", drain.Summary);
        Assert.All(drain.Guests, static g => Assert.Equal(MigrationVerdict.Converging, g.Verdict));

        // 160 GiB at 1.2 GiB/s: no sooner than a quarter of it may be zeros, no later than all of it and what is dirtied meanwhile.
        Assert.InRange(drain.LowSeconds!.Value, 30, 133);
        Assert.InRange(drain.HighSeconds!.Value, 133, 300);
    }

    [Fact]
    public void A_guest_that_dirties_as_fast_as_its_share_blocks_the_drain()
    {
        var drain = DrainForecaster.Of(Question(Guest("web-1", 4, 3), Guest("db-1", 8, 140)) with { BytesPerSecond = 128 * MiB });
        Assert.Equal((MigrationVerdict.WillNotConverge, 64 * MiB), (drain.Guests[0].Verdict, drain.Guests[0].BytesPerSecond));
        Assert.Equal(["dirties 140 MiB/s, has 64 MiB/s: will not converge; needs 180 MiB/s or post-copy"], drain.Guests[0].Blockers);
        Assert.Null(drain.HighSeconds);
        Assert.Matches("^evacuation of the other guest takes .* with 2 at a time at 128 MiB/s; 1 guest blocks it: prod/db-1 dirties 140 MiB/s, has 64 MiB/s$", drain.Summary);
    }

    [Fact]
    public void One_at_a_time_it_has_all_of_the_bandwidth()
    {
        var guests = new[] { Guest("web-1", 4, 3), Guest("db-1", 8, 100) };
        Assert.Equal(MigrationVerdict.Slow, DrainForecaster.Of(Question(guests) with { BytesPerSecond = 256 * MiB, Parallel = 2 }).Guests[0].Verdict);
        Assert.Empty(DrainForecaster.Of(Question(guests) with { BytesPerSecond = 256 * MiB, Parallel = 1 }).Guests.SelectMany(static g => g.Blockers));
    }

    [Fact]
    public void Devices_of_the_host_and_what_the_Kubernetes_API_says_block_it_and_no_time_is_made_up()
    {
        var device = Guest("gpu-1", 64, 5, "0000:3b:00.0 of the host is passed through");
        var refused = Guest("old-1", 2, 1) with { Migratability = new Migratability(false, "InterfaceNotLiveMigratable: bridge binding") };
        var volume = Guest("vol-1", 2, 1) with { Migratability = new Migratability(null, null, ["data", "logs"]) };
        var drain = DrainForecaster.Of(Question(device, refused, volume, Guest("web-1", 2, 1)) with { BytesPerSecond = 1024 * MiB });
        Assert.Equal(3, drain.Guests.Count(static g => g is { Blockers.Count: 1, Verdict: null, LowSeconds: null, HighSeconds: null }));
        Assert.EndsWith(
            "; 3 guests block it: prod/gpu-1: 0000:3b:00.0 of the host is passed through; prod/old-1 is not migratable: InterfaceNotLiveMigratable: bridge binding; prod/vol-1 has volumes that are not ReadWriteMany: data, logs",
            drain.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void A_guest_that_dirties_nothing_takes_as_long_as_its_memory()
    {
        var guest = DrainForecaster.Of(Question(Guest("idle", 1, 0)) with { BytesPerSecond = 128 * MiB }).Guests[0];
        Assert.Equal(MigrationVerdict.Converging, guest.Verdict);
        Assert.InRange(guest.LowSeconds!.Value, 1.5, 2);
        Assert.InRange(guest.HighSeconds!.Value, 8, 13);
    }

    [Fact]
    public void What_was_never_measured_is_said_with_how_to_measure_it()
    {
        var drain = DrainForecaster.Of(Question(Guest("web-1", 4, null)) with { BytesPerSecond = 128 * MiB });
        Assert.Equal(MigrationVerdict.TooEarly, drain.Guests[0].Verdict);
        Assert.Equal(["dirty rate not measured, at most half of the bandwidth taken for it: nodeagent migration measure prod/web-1"], drain.Guests[0].Unknowns);
        Assert.EndsWith("; 1 guest was never measured", drain.Summary, StringComparison.Ordinal);
        var odd = Guest("x", 4, null);
        odd = odd with { State = odd.State with { Guest = odd.State.Guest with { Namespace = null, Domain = "it's a vm" } } };
        Assert.EndsWith(@"nodeagent migration measure 'it'\''s a vm'", DrainForecaster.Of(Question(odd)).Guests[0].Unknowns[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_measurement_of_hours_ago_is_said_to_be_old()
    {
        var guest = Guest("web-1", 4, 3);
        guest = guest with { State = guest.State with { DirtyRate = guest.State.DirtyRate! with { MeasuredAt = Now - TimeSpan.FromHours(3) } } };
        Assert.Equal(["dirty rate measured 3 h ago: nodeagent migration measure prod/web-1"], DrainForecaster.Of(Question(guest) with { BytesPerSecond = 1 << 30 }).Guests[0].Unknowns);
    }

    [Fact]
    public void Without_bandwidth_and_history_there_is_no_number()
    {
        var drain = DrainForecaster.Of(Question(Guest("web-1", 4, 3)));
        Assert.Equal((null, null, null), (drain.LowSeconds, drain.HighSeconds, drain.BytesPerSecond));
        Assert.Equal("nobody can say how long evacuation takes: no bandwidth was given, and no migration has left this node yet", drain.Summary);
        Assert.Null(drain.Guests[0].LowSeconds);
    }

    [Fact]
    public void Bandwidth_comes_from_migrations_that_left_this_node_those_at_a_time_together()
    {
        MigrationRecord[] history =
        [
            Record(-100, 20, 100), Record(-95, 20, 120), Record(-40, 10, 90),
            Record(-30, 10, 9999, MigrationOutcome.Failed), Record(-30, 10, 9999, direction: MigrationDirection.Incoming), Record(-30, 0.5, 9999), Record(-30, 10, null),
        ];
        var drain = DrainForecaster.Of(Question(Guest("web-1", 4, 3)) with { History = history });
        Assert.Equal(220 * MiB, drain.BytesPerSecond);
        Assert.Contains("220 MiB/s for all together, as the last 3 that left this node had (median)", drain.Basis, StringComparison.Ordinal);
    }

    [Fact]
    public void One_under_way_goes_on_as_its_own_forecast_says()
    {
        var guest = Guest("web-1", 4, 3);
        var forecast = new MigrationForecast(default, MigrationVerdict.Converging) { RemainingSecondsLow = 6, RemainingSecondsHigh = 9, TransferBytesPerSecond = 50 * MiB };
        var status = new MigrationStatus("m", guest.State.Guest, MigrationDirection.Outgoing) { Forecast = forecast };
        var drain = DrainForecaster.Of(Question(guest with { Running = status }) with { BytesPerSecond = 64 * MiB });
        Assert.Equal((6.0, 9.0), (drain.LowSeconds, drain.HighSeconds));
        var stuck = forecast with { Verdict = MigrationVerdict.WillNotConverge, RemainingSecondsLow = null, RemainingSecondsHigh = null, Factor = LimitingFactor.DirtyRate, LeftBytes = 303 * MiB };
        drain = DrainForecaster.Of(Question(guest with { Running = status with { Forecast = stuck } }) with { BytesPerSecond = 64 * MiB });
        Assert.Equal("the guest cannot be moved; 1 guest blocks it: prod/web-1 migrates, and will not converge: memory is dirtied as fast as it is sent (50 MiB/s): each pass leaves 303 MiB", drain.Summary);
    }

    [Theory]
    [InlineData(6.2, 8.7, "6 to 9 s")]
    [InlineData(6, 9, "6 to 9 s")]
    [InlineData(0, 0.3, "0 to 0.3 s")]
    [InlineData(2.71, 4.92, "2.7 to 5 s")]
    [InlineData(40, 130, "40 s to 3 min")]
    [InlineData(250, 410, "4 to 7 min")]
    [InlineData(3500, 7300, "58 min to 3 h")]
    [InlineData(7300, 9000, "2 to 3 h")]
    [InlineData(5, 5, "5 s")]
    public void Both_ends_of_a_span_are_rounded_outwards(double low, double high, string text) => Assert.Equal(text, SpanText.Of(low, high));

    [Fact]
    public void A_guest_that_moves_within_the_node_is_counted_once()
    {
        var guest = Guest("web-1", 4, 3);
        var destination = guest with { State = guest.State with { DirtyRate = null, Guest = guest.State.Guest with { Process = new GuestProcess(101, 1), Incoming = true } } };
        Assert.Equal([guest], DrainForecaster.Of(Question(destination, guest) with { BytesPerSecond = 64 * MiB }).Guests.Select(static g => g.Guest));
        Assert.Equal(["it is still on its way to this node"], DrainForecaster.Of(Question(destination) with { BytesPerSecond = 64 * MiB }).Guests[0].Unknowns.Take(1));
    }

    [Fact]
    public void No_guests_no_drain() => Assert.Equal("no guests run on this node: nothing to evacuate", DrainForecaster.Of(Question()).Summary);
}
