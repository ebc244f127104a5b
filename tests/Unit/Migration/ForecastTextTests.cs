using NodeAgent.Migration.Forecasting;
using NodeAgent.Migration.Model;
using Xunit;

namespace NodeAgent.Tests.Unit.Migration;

/// <summary>Each limiting factor and each advice, word by word.</summary>
public sealed class ForecastTextTests
{
    private const double MiB = 1 << 20;

    private static readonly MigrationForecast s_base = new(TimeSpan.FromSeconds(20), MigrationVerdict.WillNotConverge)
    {
        TransferBytesPerSecond = 48 * MiB,
        DirtyBytesPerSecond = 17.4 * MiB,
        BandwidthLimit = (long)(48 * MiB),
        LeftBytes = 190 * MiB,
        RemainingBytes = 120 * MiB,
        DowntimeLimit = TimeSpan.FromMilliseconds(300),
    };

    public static TheoryData<string, string?> Factors => new()
    {
        { nameof(LimitingFactor.None), null },
        { nameof(LimitingFactor.NotBegun), "no memory has been sent yet" },
        { nameof(LimitingFactor.FirstPass), "the first pass is not over (48 MiB/s): how fast memory is dirtied is known after it" },
        { nameof(LimitingFactor.BandwidthLimit), "the bandwidth limit of 48 MiB/s; memory is dirtied at 17 MiB/s" },
        { nameof(LimitingFactor.TransferRate), "the transfer rate of 48 MiB/s; memory is dirtied at 17 MiB/s" },
        { nameof(LimitingFactor.DirtyRate), "memory is dirtied as fast as it is sent (48 MiB/s): each pass leaves 190 MiB" },
        { nameof(LimitingFactor.DowntimeLimit), "the downtime limit of 300 ms: each pass leaves 190 MiB, 4.0 s at 48 MiB/s" },
        { nameof(LimitingFactor.Switchover), "the guest stands still while the rest is sent" },
        { nameof(LimitingFactor.Postcopy), "post-copy: the guest runs on the destination, 120 MiB follow at 48 MiB/s" },
        { nameof(LimitingFactor.Connection), "post-copy stands still: the connection between the hosts is lost, 120 MiB of the guest are on the source alone" },
        { nameof(LimitingFactor.Error), "Unable to write to socket: Broken pipe" },
    };

    [Theory]
    [MemberData(nameof(Factors))]
    public void Factor(string factor, string? expected) =>
        Assert.Equal(expected, ForecastText.Factor(s_base with { Factor = Enum.Parse<LimitingFactor>(factor), Error = "Unable to write to socket: Broken pipe" }));

    [Fact]
    public void Every_factor_is_in_the_table() =>
        Assert.Equal(Enum.GetNames<LimitingFactor>().Order(StringComparer.Ordinal), Factors.Select(static row => (string)row[0]).Order(StringComparer.Ordinal));

    [Fact]
    public void A_throttle_is_named() => Assert.Equal(
        "memory is dirtied as fast as it is sent (48 MiB/s): each pass leaves 190 MiB, throttled at 40 %",
        ForecastText.Factor(s_base with { Factor = LimitingFactor.DirtyRate, ThrottlePercent = 40 }));

    [Fact]
    public void Slow_says_both_rates() => Assert.Equal(
        "memory is dirtied at 17 MiB/s and sent at 48 MiB/s: the last pass left 190 MiB",
        ForecastText.Factor(s_base with { Factor = LimitingFactor.DirtyRate, Verdict = MigrationVerdict.Slow }));

    [Theory]
    [InlineData(null, null, null, null, 0, null)]
    [InlineData(2.1, null, null, null, 0, "needs a downtime limit of 2.1 s")]
    [InlineData(null, 140.0, null, null, 0, "needs 140 MiB/s, has 48 MiB/s")]
    [InlineData(null, 1234.5, null, null, 0, "needs 1300 MiB/s, has 48 MiB/s")]
    [InlineData(null, null, 9.2, true, 0, "post-copy would finish in about 9 s")]
    [InlineData(null, null, 9.2, null, 0, "post-copy would finish in about 9 s")]
    [InlineData(null, null, 9.2, false, 0, "post-copy would finish in about 9 s, had it been enabled at the start")]
    [InlineData(null, null, 0.84, true, 0, "post-copy would finish in about 0.8 s")]
    [InlineData(null, null, 1.4, true, 0, "post-copy would finish in about 1 s")]
    [InlineData(null, null, 240.0, true, 0, "post-copy would finish in about 4 min")]
    [InlineData(null, null, null, null, 4, "throttling has not helped in 4 passes")]
    [InlineData(null, null, null, null, 1, null)]
    [InlineData(4.98, 140.0, 9.2, true, 4, "needs a downtime limit of 5.0 s, or needs 140 MiB/s, has 48 MiB/s; post-copy would finish in about 9 s; throttling has not helped in 4 passes")]
    public void Advice(double? downtime, double? rate, double? postcopy, bool? enabled, int inVain, string? expected) =>
        Assert.Equal(expected, ForecastText.Advice(s_base with
        {
            NeedsDowntimeSeconds = downtime,
            NeedsBytesPerSecond = rate * MiB,
            PostcopySeconds = postcopy,
            PostcopyEnabled = enabled,
            ThrottledInVain = inVain,
        }));

    [Fact]
    public void Advice_for_a_broken_post_copy() => Assert.Equal(
        "restore the connection and recover the migration (migrate-recover, virsh migrate --postcopy-resume); neither side can go on alone",
        ForecastText.Advice(s_base with { Factor = LimitingFactor.Connection }));
}
