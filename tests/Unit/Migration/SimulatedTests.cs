using NodeAgent.Migration.Forecasting;
using NodeAgent.Migration.Model;
using Xunit;
using static NodeAgent.Tests.Unit.Migration.SimulatedMigration;

namespace NodeAgent.Tests.Unit.Migration;

/// <summary>Forecasts of simulated migrations over many guests and limits: what must hold for each of them.</summary>
public sealed class SimulatedTests
{
    [Fact]
    public void Intervals_are_in_order_and_mostly_right()
    {
        int said = 0, covered = 0;
        foreach (var migration in Many(150))
        {
            var (samples, end) = migration.Run();
            var forecaster = new MigrationForecaster();
            foreach (var sample in samples)
            {
                var forecast = forecaster.Add(sample);
                if (forecast is not { RemainingSecondsLow: { } low }) continue;
                Assert.InRange(low, 0, double.MaxValue);
                if (forecast.RemainingSecondsHigh is not { } high) continue;
                Assert.True(low <= high, $"{migration}: {low} > {high}");
                Assert.True(double.IsFinite(high));
                if (end is null || forecast.Pass < 2 || forecast.Verdict == MigrationVerdict.Done) continue;
                said++;
                var truth = end.Value - sample.At.TotalSeconds;
                if (low <= truth && truth <= high) covered++;
            }
        }

        Assert.True(said > 1000, $"Only {said} intervals.");
        Assert.InRange(covered / (double)said, 0.85, 1);
    }

    [Fact]
    public void What_ends_is_never_given_up_and_what_does_not_is()
    {
        foreach (var migration in Many(400))
        {
            var share = migration.Dirtied / migration.Bandwidth;
            if (share is > 0.8 and < 1.3) continue; // decided by chance
            var (samples, end) = migration.Run();
            var forecaster = new MigrationForecaster();
            var verdicts = samples.ConvertAll(sample => forecaster.Add(sample).Verdict);
            if (end is not null)
            {
                Assert.Equal(MigrationVerdict.Done, verdicts[^1]);
                Assert.False(verdicts.Contains(MigrationVerdict.WillNotConverge), $"{migration}: {string.Join(' ', verdicts)}");
            }
            else Assert.True(verdicts[^1] == MigrationVerdict.WillNotConverge, $"{migration}: {verdicts[^1]}");
        }
    }

    [Fact]
    public void The_needed_downtime_limit_and_the_needed_bandwidth_are_enough()
    {
        var asked = 0;
        foreach (var migration in Many(400))
        {
            if (migration.Dirtied / migration.Bandwidth is > 0.8 and < 1.3) continue; // decided by chance
            var (samples, end) = migration.Run();
            if (end is not null) continue;
            var forecaster = new MigrationForecaster();
            MigrationForecast last = default;
            foreach (var sample in samples) last = forecaster.Add(sample);
            if (last.Verdict != MigrationVerdict.WillNotConverge) continue;
            asked++;
            Assert.NotNull(last.NeedsDowntimeSeconds);
            Assert.True((migration with { DowntimeLimit = last.NeedsDowntimeSeconds.Value }).Run().End is not null, $"{migration}: {last.NeedsDowntimeSeconds} s");
            if (last.NeedsBytesPerSecond is { } rate) Assert.True((migration with { Bandwidth = rate }).Run().End is not null, $"{migration}: {rate} bytes/s");
        }

        Assert.True(asked > 20, $"Only {asked} that do not converge.");
    }

    [Fact]
    public void More_bandwidth_or_a_longer_downtime_never_makes_it_later()
    {
        foreach (var migration in Many(300))
        {
            var curve = DirtyCurve.Saturating(migration.Set / 2, 4, 1.5);
            var before = double.PositiveInfinity;
            for (var times = 1.0; times < 4; times *= 1.2)
            {
                var rate = migration.Bandwidth * times;
                var now = PassSimulation.Run(migration.Memory, 1, rate, rate * migration.DowntimeLimit, limited: false, curve).Seconds;
                Assert.True(now <= before + 1e-9, $"{migration}: {now} > {before} at {times} times the bandwidth");
                before = now;
            }

            before = double.PositiveInfinity;
            for (var limit = 0.05; limit < 4; limit *= 1.3)
            {
                var now = PassSimulation.Run(migration.Memory, 1, migration.Bandwidth, migration.Bandwidth * limit, limited: false, curve).Seconds;
                Assert.True(now <= before + 0.1, $"{migration}: {now} > {before} at a limit of {limit} s");
                before = now;
            }
        }
    }

    [Fact]
    public void The_same_samples_give_the_same_forecasts()
    {
        foreach (var migration in Many(20))
        {
            var (samples, _) = migration.Run();
            MigrationForecaster one = new(), other = new();
            foreach (var sample in samples) Assert.Equal(one.Add(sample), other.Add(sample));
        }
    }

    [Fact]
    public void A_second_migration_is_forecast_as_the_first_was()
    {
        var (samples, _) = new SimulatedMigration().Run();
        MigrationForecaster one = new(), fresh = new();
        foreach (var sample in samples) one.Add(sample);
        one.Add(new MigrationSample(samples[^1].At) { Phase = MigrationPhase.Setup });
        foreach (var sample in samples)
        {
            var later = sample with { At = sample.At + TimeSpan.FromSeconds(100) };
            var (again, first) = (one.Add(later), fresh.Add(sample));
            Assert.Equal(first.Verdict, again.Verdict);
            Assert.Equal(first.RemainingSecondsHigh is null, again.RemainingSecondsHigh is null);
        }
    }

    private static IEnumerable<SimulatedMigration> Many(int count)
    {
        var random = new Random(20261120);
        for (var i = 0; i < count; i++)
        {
            var bandwidth = (10 + (190 * random.NextDouble())) * MiB;
            yield return new SimulatedMigration
            {
                Bandwidth = bandwidth,
                Memory = bandwidth * (4 + (12 * random.NextDouble())),
                DowntimeLimit = 0.15 + (0.5 * random.NextDouble()),
                Dirtied = bandwidth * 2 * random.NextDouble(),
                Set = bandwidth * (1 + (6 * random.NextDouble())),
            };
        }
    }
}
