using NodeAgent.Migration.Model;
using NodeAgent.Migration.Sampling;
using NodeAgent.Migration.Sources;
using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Unit.Migration.Sampling;

public sealed class DirtyRateMeterTests : IDisposable
{
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);
    private readonly SamplerHouse _house = new();
    private readonly DirtyRateMeter _meter;

    public DirtyRateMeterTests() => _meter = new DirtyRateMeter(_house.Sampler, TimeSpan.FromSeconds(30), _house.Clock);

    [Fact]
    public async Task What_was_measured_is_kept_with_the_guest()
    {
        var guest = SamplerHouse.Guest(1);
        var source = _house.Come(guest);
        var measured = Measure(guest);
        Assert.True(Wait.Until(() => source.Measured == 1));
        source.Measurement.SetResult(Rate(30));
        Assert.Equal(Rate(30), await measured);
        Assert.Equal(Rate(30), _house.State(guest)!.DirtyRate);
    }

    [Fact]
    public async Task One_guest_is_measured_once_at_a_time_and_not_too_often()
    {
        var guest = SamplerHouse.Guest(1);
        var source = _house.Come(guest);
        var first = Measure(guest);
        Assert.Contains("is being measured", (await Refused(guest, GuestSourceFault.Busy)).Message, StringComparison.Ordinal);
        source.Measurement.SetResult(Rate(30));
        await first;
        Assert.Contains(": 30 MiB/s at ", (await Refused(guest, GuestSourceFault.Busy)).Message, StringComparison.Ordinal);
        _house.Advance(30);
        await Measure(guest);
        Assert.Equal(2, source.Measured);
    }

    [Fact]
    public async Task A_guest_that_migrates_is_not_measured()
    {
        var guest = SamplerHouse.Guest(1);
        var source = _house.Come(guest);
        source.Sample = SamplerHouse.Active(1 << 20);
        source.Tell(SourceEventKind.Phase, MigrationPhase.Active);
        Assert.Contains("migrates", (await Refused(guest, GuestSourceFault.Busy)).Message, StringComparison.Ordinal);
        Assert.Equal(0, source.Measured);
    }

    [Fact]
    public async Task A_migration_that_begins_ends_the_measurement()
    {
        var guest = SamplerHouse.Guest(1);
        var source = _house.Come(guest);
        var measured = Measure(guest);
        Assert.True(Wait.Until(() => source.Measured == 1));
        source.Sample = SamplerHouse.Active(1 << 20);
        source.Tell(SourceEventKind.Phase, MigrationPhase.Active);
        Assert.Equal(GuestSourceFault.Busy, (await Assert.ThrowsAsync<GuestSourceException>(() => measured)).Fault);
        Assert.True(Wait.Until(() => _house.Statuses()[0].Sample.RemainingBytes == 1 << 20));
        Assert.False(source.WasCalledTwice);
    }

    [Fact]
    public async Task Four_at_once_are_enough_for_a_node()
    {
        for (var i = 1; i <= DirtyRateMeter.AtOnce + 1; i++) _house.Come(SamplerHouse.Guest(i, $"uuid-{i}"));
        for (var i = 1; i <= DirtyRateMeter.AtOnce; i++) _ = Measure(SamplerHouse.Guest(i, $"uuid-{i}"));
        Assert.Contains("4 dirty rates", (await Refused(SamplerHouse.Guest(5, "uuid-5"), GuestSourceFault.Busy)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(61)]
    public async Task A_period_that_QEMU_does_not_take_is_refused(double seconds)
    {
        var guest = SamplerHouse.Guest(1);
        _house.Come(guest);
        var refused = await Assert.ThrowsAsync<GuestSourceException>(() => _meter.MeasureAsync(guest.Uuid, DirtyRateMode.PageSampling, TimeSpan.FromSeconds(seconds), CancellationToken.None));
        Assert.Equal(GuestSourceFault.Unsupported, refused.Fault);
    }

    [Fact]
    public async Task A_guest_that_is_not_here_is_absent() => await Refused(SamplerHouse.Guest(9), GuestSourceFault.Absent);

    [Fact]
    public async Task Whoever_asked_can_give_up()
    {
        var guest = SamplerHouse.Guest(1);
        var source = _house.Come(guest);
        using var stop = new CancellationTokenSource();
        var measured = _meter.MeasureAsync(guest.Uuid, DirtyRateMode.PageSampling, s_second, stop.Token);
        Assert.True(Wait.Until(() => source.Measured == 1));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => measured);
    }

    public void Dispose() => _house.Dispose();

    private static DirtyRate Rate(long mebibytes) => new(mebibytes << 20, DirtyRateMode.PageSampling, s_second, DateTimeOffset.UnixEpoch);

    private Task<DirtyRate> Measure(Guest guest) => _meter.MeasureAsync(guest.Uuid, DirtyRateMode.PageSampling, s_second, CancellationToken.None);

    private async Task<GuestSourceException> Refused(Guest guest, GuestSourceFault fault)
    {
        var refused = await Assert.ThrowsAsync<GuestSourceException>(() => Measure(guest));
        Assert.Equal(fault, refused.Fault);
        return refused;
    }
}
