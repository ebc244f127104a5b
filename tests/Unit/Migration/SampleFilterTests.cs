using NodeAgent.Migration.Forecasting;
using NodeAgent.Migration.Model;
using Xunit;

namespace NodeAgent.Tests.Unit.Migration;

/// <summary>What the wire says and cannot be.</summary>
public sealed class SampleFilterTests
{
    private static readonly MigrationSample s_sample = new(TimeSpan.FromSeconds(1))
    {
        Phase = MigrationPhase.Active,
        Elapsed = TimeSpan.FromSeconds(1),
        TotalBytes = 1000,
        RemainingBytes = 500,
        TransferBytesPerSecond = 10,
        DirtyBytesPerSecond = 5,
        Downtime = TimeSpan.FromMilliseconds(20),
        Pass = 2,
    };

    [Fact]
    public void What_can_be_stays() => Assert.Equal(s_sample, SampleFilter.Sane(s_sample));

    [Fact]
    public void Libvirt_before_the_start_is_setup_and_not_nothing_left()
    {
        var sane = SampleFilter.Sane(s_sample with { TotalBytes = 0, RemainingBytes = 0, Pass = 0 });
        Assert.Equal(MigrationPhase.Setup, sane.Phase);
        Assert.Null(sane.RemainingBytes);
        Assert.Null(sane.Pass);
    }

    [Fact]
    public void A_downtime_longer_than_the_migration_is_none() =>
        Assert.Null(SampleFilter.Sane(s_sample with { Downtime = TimeSpan.FromMilliseconds(1366464) }).Downtime);

    [Fact]
    public void A_dirty_rate_of_0_is_none() => Assert.Null(SampleFilter.Sane(s_sample with { DirtyBytesPerSecond = 0 }).DirtyBytesPerSecond);

    [Theory]
    [InlineData(0.0)]
    [InlineData(-1.0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_rate_that_is_none(double rate) => Assert.Null(SampleFilter.Sane(s_sample with { TransferBytesPerSecond = rate }).TransferBytesPerSecond);

    [Fact]
    public void A_limit_of_0_is_no_limit() => Assert.Null(SampleFilter.Sane(s_sample with { PostcopyBandwidthLimit = 0 }).PostcopyBandwidthLimit);

    [Fact]
    public void More_left_than_there_is_is_none() => Assert.Null(SampleFilter.Sane(s_sample with { RemainingBytes = 1001 }).RemainingBytes);

    [Fact]
    public void The_last_good_sample_is_kept_when_the_counters_go()
    {
        var forecaster = new MigrationForecaster();
        foreach (var sample in new SimulatedMigration { Longest = 8 }.Run().Samples) forecaster.Add(sample);
        var end = forecaster.Add(new MigrationSample(TimeSpan.FromSeconds(9)) { Phase = MigrationPhase.Failed, Error = "Broken pipe" });
        Assert.Equal(MigrationVerdict.Failed, end.Verdict);
        Assert.True(end.RemainingBytes > 0);
        Assert.Equal("Broken pipe", ForecastText.Factor(end));
    }
}
