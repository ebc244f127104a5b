using NodeAgent.Migration.Model;
using NodeAgent.Migration.Sources;
using NodeAgent.Tests.Support;
using NodeAgent.Tests.Support.Libvirt;
using Xunit;

namespace NodeAgent.Tests.Unit.Migration.Libvirt;

public sealed class DirtyRateTests : IAsyncLifetime
{
    private readonly LibvirtRoom _room = new();
    private int _status;
    private bool _started;

    public DirtyRateTests() => _room.Daemon.Answer = call => call.Procedure switch
    {
        344 => call.Reply(new Xdr().Int(1).Domain(LibvirtRoom.Domain).Parameters(
            ("state.state", 1), ("dirtyrate.calc_status", _status), ("dirtyrate.calc_start_time", 1_790_000_000L), ("dirtyrate.calc_period", 2),
            ("dirtyrate.calc_mode", "page-sampling"), ("dirtyrate.megabytes_per_second", _status == 2 ? 40L : -1L))),
        427 => Start(call),
        _ => null,
    };

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _room.DisposeAsync().AsTask();

    [Fact]
    public async Task The_last_result_is_read_without_waiting_whoever_measured()
    {
        await using var source = await _room.OpenAsync();
        Assert.Null(await source.LastDirtyRateAsync(CancellationToken.None));
        _status = 2;
        Assert.Equal(new DirtyRate(40 << 20, DirtyRateMode.PageSampling, TimeSpan.FromSeconds(2), DateTimeOffset.FromUnixTimeSeconds(1_790_000_002)), await source.LastDirtyRateAsync(CancellationToken.None));
        Assert.Equal(1 << 29, _room.Daemon.Calls[^1].Flags);
        Assert.Equal(1, _room.Daemon.Connections);
    }

    [Fact]
    public async Task A_measurement_is_asked_for_over_a_connection_of_its_own_that_is_closed_at_once()
    {
        await using var source = await _room.OpenAsync();
        var measuring = source.MeasureAsync(DirtyRateMode.PageSampling, TimeSpan.FromSeconds(2), CancellationToken.None).AsTask();
        Assert.True(_room.Pass(() => measuring.IsCompleted, TimeSpan.FromSeconds(0.05)));
        Assert.Equal(40 << 20, (await measuring).BytesPerSecond);
        Assert.Equal([1, 0], _room.Daemon.Calls.Where(static c => c.Procedure == 1).Select(static c => c.Flags));
        Assert.Equal(2, _room.Daemon.Connections);
        Assert.True(Wait.Until(() => _room.Daemon.Clients == 1));
    }

    [Fact]
    public async Task Nothing_is_measured_during_a_job_nor_beside_another_measurement()
    {
        await using var source = await _room.OpenAsync();
        _status = 1;
        Assert.Contains("somebody else", (await Fault(source, GuestSourceFault.Busy)).Message);
        _room.Daemon.Job = static _ => new Xdr().Int(2).Parameters(("operation", 5), ("memory_total", 1L));
        Assert.Contains("while the guest migrates", (await Fault(source, GuestSourceFault.Busy)).Message);
        _room.Daemon.Job = static _ => new Xdr().Int(1).Parameters(("operation", 9));
        Assert.Contains("another job", (await Fault(source, GuestSourceFault.Busy)).Message);
        Assert.False(_started);
    }

    [Theory]
    [InlineData(DirtyRateMode.DirtyBitmap, false, 0, "without KVM")]
    [InlineData(DirtyRateMode.DirtyRing, false, 4096, "without KVM")]
    [InlineData(DirtyRateMode.DirtyRing, true, 0, "dirty-ring-size")]
    [InlineData(DirtyRateMode.DirtyBitmap, true, 4096, "dirty ring instead")]
    public async Task What_would_end_the_guest_is_never_asked_for(DirtyRateMode mode, bool kvm, int ring, string why)
    {
        await using var source = await _room.OpenAsync(LibvirtRoom.Guest with { Kvm = kvm, DirtyRingSize = ring });
        Assert.Contains(why, (await Fault(source, GuestSourceFault.Unsupported, mode)).Message);
        Assert.False(_started);
    }

    [Fact]
    public async Task Periods_are_1_to_60_seconds()
    {
        await using var source = await _room.OpenAsync();
        Assert.Contains("not over 61 s", (await Fault(source, GuestSourceFault.Unsupported, DirtyRateMode.PageSampling, 61)).Message);
        Assert.Contains("not over 0 s", (await Fault(source, GuestSourceFault.Unsupported, DirtyRateMode.PageSampling, 0)).Message);
    }

    [Fact]
    public async Task A_measurement_that_does_not_end_is_given_up_5_seconds_after_its_time()
    {
        await using var source = await _room.OpenAsync();
        _room.Daemon.Answer = call => call.Procedure == 427 ? call.Reply(new Xdr()) : call.Procedure == 344 ? call.Reply(new Xdr().Int(0)) : null;
        var measuring = source.MeasureAsync(DirtyRateMode.PageSampling, TimeSpan.FromSeconds(1), CancellationToken.None).AsTask();
        Assert.True(_room.Pass(() => measuring.IsCompleted, TimeSpan.FromSeconds(0.05)));
        Assert.Contains("not measured within 6 s", (await Assert.ThrowsAsync<GuestSourceException>(() => measuring)).Message);
    }

    [Fact]
    public async Task A_refusal_is_told_in_libvirts_words()
    {
        await using var source = await _room.OpenAsync();
        _room.Daemon.Answer = static call => call.Procedure == 427 ? call.Error(29, "operation forbidden: by policy") : call.Procedure == 344 ? call.Reply(new Xdr().Int(0)) : null;
        Assert.Contains("by policy", (await Fault(source, GuestSourceFault.Unsupported)).Message);
    }

    private byte[] Start(FakeCall call)
    {
        (_started, _status) = (true, 2);
        return call.Reply(new Xdr());
    }

    private static async Task<GuestSourceException> Fault(IGuestSource source, GuestSourceFault fault, DirtyRateMode mode = DirtyRateMode.PageSampling, int seconds = 2)
    {
        var thrown = await Assert.ThrowsAsync<GuestSourceException>(() => source.MeasureAsync(mode, TimeSpan.FromSeconds(seconds), CancellationToken.None).AsTask());
        Assert.Equal(fault, thrown.Fault);
        return thrown;
    }
}
