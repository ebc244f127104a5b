using NodeAgent.Migration.Forecasting;
using NodeAgent.Migration.Model;
using NodeAgent.Tests.Support.Migrations;
using Xunit;

namespace NodeAgent.Tests.Unit.Migration;

/// <summary>Forecasts of real migrations, recorded (tests/fixtures/migrations).</summary>
public sealed class TimelineTests
{
    private const double CoverageFloor = 0.95;

    [Theory]
    [InlineData("lab/q100-converging", "too-early converging switching-over done")]
    [InlineData("lab/q100-pause-before-switchover", "too-early converging switching-over done")]
    [InlineData("lab/q100-postcopy-pause-recover", "too-early switching-over converging stagnating converging done")]
    [InlineData("lab/q72-autoconverge", "too-early stagnating converging done")]
    [InlineData("lab/q72-failed", "too-early failed")]
    [InlineData("lab/q72-multifd", "too-early converging done")]
    [InlineData("lab/q72-nonconverging", "too-early will-not-converge cancelled")]
    [InlineData("lab/q72-postcopy", "too-early will-not-converge converging done")]
    [InlineData("lab/q72-kvm-converging", "too-early converging done")]
    [InlineData("lab/lv90-src-jobstats", "too-early converging")]
    [InlineData("lab/lv90-typed", "too-early converging done")]
    [InlineData("lab/q100-kvm-ring-converging", "too-early converging switching-over done")]
    [InlineData("tuning/random-60", "too-early converging slow done")]
    [InlineData("tuning/stagnating-random", "too-early slow will-not-converge cancelled")]
    [InlineData("tuning/two-sets", "too-early converging slow will-not-converge cancelled")]
    [InlineData("held-out/autoconverge", "too-early stagnating converging done")]
    [InlineData("held-out/cancelled-early", "too-early cancelled")]
    [InlineData("held-out/kvm-converging", "too-early converging done")]
    [InlineData("held-out/kvm-stagnating", "too-early will-not-converge cancelled")]
    [InlineData("held-out/postcopy", "too-early will-not-converge converging done")]
    public void Verdicts(string name, string expected)
    {
        var verdicts = new List<string>();
        foreach (var forecast in Timelines.Named(name).Read().Replay())
        {
            if (verdicts is not [.., { } last] || last != forecast.Verdict.Name()) verdicts.Add(forecast.Verdict.Name());
        }

        Assert.Equal(expected, string.Join(' ', verdicts));
    }

    /// <summary>Somebody acts on it: it is not said, taken back and said again.</summary>
    [Fact]
    public void That_there_is_no_progress_is_said_at_most_once()
    {
        foreach (var timeline in Timelines.All) Assert.True(Scores.NoProgress(timeline.Read()) <= 1, timeline.Name);
    }

    [Fact]
    public void What_completed_by_itself_near_its_limit_was_never_given_up()
    {
        foreach (var name in (string[])["tuning/linear-75", "lab/q72-rich-tcp", "held-out/near-limit", "held-out/near-limit-random"])
            Assert.Equal(0, Scores.NoProgress(Timelines.Named(name).Read()));
    }

    [Fact]
    public void A_latest_end_never_stands_without_an_earliest()
    {
        foreach (var timeline in Timelines.All)
        {
            foreach (var forecast in timeline.Read().Replay()) Assert.True(forecast.RemainingSecondsHigh is null || forecast.RemainingSecondsLow <= forecast.RemainingSecondsHigh, $"{timeline.Name} at {forecast.At}");
        }
    }

    /// <summary>Nobody knows what the guest dirties: it may go on for ever.</summary>
    [Fact]
    public void The_first_pass_has_a_latest_end_only_where_the_dirty_rate_was_measured()
    {
        var measured = 0;
        foreach (var timeline in Timelines.All)
        {
            var forecaster = new MigrationForecaster();
            var known = false;
            foreach (var entry in timeline.Read().Entries)
            {
                if (entry.SyncedPass is not null) continue;
                known |= entry.Sample.MeasuredDirtyBytesPerSecond is > 0;
                var forecast = forecaster.Add(entry.Sample);
                if (forecast is not { Verdict: MigrationVerdict.TooEarly, Factor: LimitingFactor.FirstPass, RemainingSecondsHigh: not null }) continue;
                Assert.True(known, $"{timeline.Name} at {forecast.At}");
                measured++;
            }
        }

        Assert.True(measured > 0);
    }

    [Fact]
    public void The_end_is_in_the_interval_often_enough_where_nothing_was_tuned()
    {
        var said = Scores.Of(Timelines.All.Where(static t => t.HeldOut))["forecaster"].Where(static p => p is { Pass: >= 2, IsInterval: true }).ToList();
        Assert.True(said.Count > 80, $"Only {said.Count} intervals.");
        Assert.InRange(said.Count(static p => p.Covers) / (double)said.Count, CoverageFloor, 1);
    }

    [Fact]
    public void Better_than_simpler_models_where_nothing_was_tuned()
    {
        var scores = Scores.Of(Timelines.All.Where(static t => t.HeldOut));
        var ours = scores["forecaster"];
        foreach (var peer in Scores.Models.Skip(1))
        {
            var both = Enumerable.Range(0, ours.Count).Where(i => ours[i] is { Pass: >= 2, IsInterval: true } && scores[peer][i].IsInterval).ToList();
            var (own, other) = (Scores.Quantile(both.Select(i => ours[i].Error), 0.5), Scores.Quantile(both.Select(i => scores[peer][i].Error), 0.5));
            Assert.True(own < 0.3 * other, $"{own:0.00} against {other:0.00} of {peer}");
        }
    }

    /// <summary>A guest of 85 MiB/s at 40 MiB/s: the source says 37 MiB/s and "expected downtime 8.3 s".</summary>
    [Fact]
    public void Advice_for_a_guest_that_does_not_converge()
    {
        var last = Timelines.Named("lab/q72-nonconverging").Read().Replay().Last(static f => f.Verdict == MigrationVerdict.WillNotConverge);
        Assert.InRange(last.NeedsDowntimeSeconds!.Value, 7.5, 9.5);
        Assert.InRange(last.NeedsBytesPerSecond!.Value / (1 << 20), 85, 130);
        Assert.InRange(last.PostcopySeconds!.Value, 5, 9);
        Assert.Null(last.RemainingSecondsHigh);
    }

    /// <summary>The limit was raised to 800 ms, and it ended: the advice before that was to raise it to less.</summary>
    [Fact]
    public void Advice_that_was_taken()
    {
        var before = Timelines.Named("held-out/limit-raised").Read().Replay().Last(static f => f.NeedsDowntimeSeconds is not null);
        Assert.InRange(before.NeedsDowntimeSeconds!.Value, 0.3, 0.8);
    }

    /// <summary>QEMU 7.2 says 1366464 ms after post-copy: the host's uptime.</summary>
    [Theory]
    [InlineData("lab/q72-postcopy", 0, 200)]
    [InlineData("lab/q100-converging", 5, 5)]
    [InlineData("lab/lv90-typed", 15, 15)]
    public void Downtime_after_the_end(string name, double least, double most)
    {
        var last = Timelines.Named(name).Read().Decide()[^1];
        Assert.Equal(MigrationVerdict.Done, last.Verdict);
        Assert.InRange(last.ExpectedDowntimeMilliseconds ?? -1, least, most);
    }

    [Fact]
    public void Every_timeline_of_the_folder_is_in_the_table()
    {
        var files = Directory.GetFiles(Timeline.Root, "*.jsonl", SearchOption.AllDirectories).Select(static f => Path.GetRelativePath(Timeline.Root, f)[..^6]);
        Assert.Equal(files.Order(StringComparer.Ordinal), Timelines.All.Select(static t => t.Name).Order(StringComparer.Ordinal));
    }
}
