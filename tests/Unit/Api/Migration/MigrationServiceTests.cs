using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using NodeAgent.Api;
using NodeAgent.Api.V1;
using NodeAgent.Migration.Model;
using NodeAgent.Migration.Sources;
using NodeAgent.Migration.Store;
using NodeAgent.Tests.Unit.Grpc;
using NodeAgent.Tests.Unit.Node;
using Xunit;
using DirtyRate = NodeAgent.Migration.Model.DirtyRate;
using Guest = NodeAgent.Migration.Model.Guest;
using MigrationPhase = NodeAgent.Migration.Model.MigrationPhase;

namespace NodeAgent.Tests.Unit.Api.Migration;

/// <summary>MigrationService over a real Kestrel and a Unix socket.</summary>
public sealed class MigrationServiceTests : IAsyncLifetime
{
    private static readonly Guest s_guest = MigrationMaker.Guest("vm");

    private ApiHost _host = null!;
    private MigrationService.MigrationServiceClient _client = null!;

    public async Task InitializeAsync()
    {
        _host = await ApiHost.StartAsync(new LinkMaker().Store());
        _client = new MigrationService.MigrationServiceClient(_host.Connect());
    }

    public Task DisposeAsync() => _host.DisposeAsync().AsTask();

    [Fact]
    public async Task Before_the_node_was_looked_over_nothing_is_known()
    {
        Assert.Equal(StatusCode.Unavailable, (await Fails(() => _client.ListGuestsAsync(new ListGuestsRequest()))).StatusCode);
        Assert.Equal(StatusCode.Unavailable, (await Fails(() => _client.ListMigrationsAsync(new ListMigrationsRequest()))).StatusCode);
        Assert.Equal(StatusCode.Unavailable, (await Fails(() => _client.ListMigrationHistoryAsync(new ListMigrationHistoryRequest()))).StatusCode);
        Assert.Equal(StatusCode.Unavailable, (await Fails(() => _client.GetDrainForecastAsync(new GetDrainForecastRequest()))).StatusCode);
        Look();
        Assert.Empty((await _client.ListGuestsAsync(new ListGuestsRequest())).Guests);
        Assert.Equal("no guests run on this node: nothing to evacuate", (await _client.GetDrainForecastAsync(new GetDrainForecastRequest())).Summary);
    }

    [Fact]
    public async Task Guests_and_migrations_are_listed_with_passes_and_verdicts_and_then_in_the_history()
    {
        Look(MigrationMaker.State(s_guest));
        var now = DateTimeOffset.UtcNow;
        var status = MigrationMaker.Status("1", now) with { Guest = s_guest, Phase = MigrationPhase.Active };
        using (var batch = _host.Migrations.Write())
        {
            batch.Put(status, now);
            batch.Pass("1", MigrationMaker.Pass(1), now);
            status = MigrationMaker.Sampled(status, 5, now);
            status = status with { Forecast = status.Forecast with { Verdict = MigrationVerdict.WillNotConverge } };
            batch.Put(status, now);
        }

        var guest = Assert.Single((await _client.ListGuestsAsync(new ListGuestsRequest())).Guests);
        Assert.Equal((s_guest.Uuid, "team-a_vm", 4711, GuestSource.Libvirt), (guest.Ref.Uuid, guest.Ref.Domain, guest.Pid, guest.Source));
        var list = await _client.ListMigrationsAsync(new ListMigrationsRequest());
        var migration = Assert.Single(list.Migrations);
        Assert.Equal((NodeAgent.Api.V1.MigrationPhase.Precopy, ForecastVerdict.WillNotConverge, 5ul), (migration.Phase, migration.Forecast.Verdict, migration.Counters.RemainingBytes));
        Assert.Equal(1u, Assert.Single(migration.Passes).Number);
        Assert.Equal([ForecastVerdict.TooEarly, ForecastVerdict.WillNotConverge], migration.Verdicts.Select(static v => v.Verdict));
        Assert.NotNull(list.Time);
        var node = (await new NodeService.NodeServiceClient(_host.Connect()).GetNodeAsync(new GetNodeRequest())).Node;
        Assert.Equal((1, 1, 0, 1), (node.Guests.Guests, node.Guests.MigrationsOutgoing, node.Guests.MigrationsIncoming, node.Guests.MigrationsNotConverging));

        using (var batch = _host.Migrations.Write()) batch.Put(status with { Phase = MigrationPhase.Cancelled, Outcome = MigrationOutcome.Cancelled, Ended = now.AddSeconds(9) }, now.AddSeconds(9));
        var record = Assert.Single((await _client.ListMigrationHistoryAsync(new ListMigrationHistoryRequest { GuestUuid = s_guest.Uuid })).Migrations);
        Assert.Equal(("1", NodeAgent.Api.V1.MigrationPhase.Cancelled), (record.Id, record.Phase));
        Assert.Empty((await _client.ListMigrationHistoryAsync(new ListMigrationHistoryRequest { GuestUuid = "nobody" })).Migrations);
    }

    [Fact]
    public async Task A_forecast_is_of_the_migration_under_way_and_before_it_of_what_was_measured()
    {
        Look(MigrationMaker.State(s_guest) with { Blockers = [] });
        _host.ResidentBytes = 1L << 30;
        var ahead = await _client.GetMigrationForecastAsync(new GetMigrationForecastRequest { GuestUuid = s_guest.Uuid.ToUpperInvariant(), BandwidthBytesPerSecond = 100 << 20 });
        // 1 GiB that is there at 100 MiB/s.
        Assert.InRange(ahead.Forecast.AtLeast.ToTimeSpan().TotalSeconds, 5, 11);
        Assert.True(ahead.Forecast.AtMost.ToTimeSpan() > ahead.Forecast.AtLeast.ToTimeSpan());
        Assert.Contains("100 MiB/s", ahead.Basis, StringComparison.Ordinal);
        using (var batch = _host.Migrations.Write()) batch.Put(MigrationMaker.Sampled(MigrationMaker.Status("1", DateTimeOffset.UtcNow) with { Guest = s_guest }, 5, DateTimeOffset.UtcNow), DateTimeOffset.UtcNow);
        var running = await _client.GetMigrationForecastAsync(new GetMigrationForecastRequest { GuestUuid = s_guest.Uuid });
        Assert.Equal(3.5, running.Forecast.AtMost.ToTimeSpan().TotalSeconds);
        Assert.Contains("under way, in pass 2: 48 MiB/s sent, 17 MiB/s dirtied", running.Basis, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_guest_that_cannot_begin_has_no_forecast_and_says_why()
    {
        Look(MigrationMaker.State(s_guest));
        var answer = await _client.GetMigrationForecastAsync(new GetMigrationForecastRequest { GuestUuid = s_guest.Uuid, BandwidthBytesPerSecond = 1 << 20 });
        Assert.Equal((null, "a host device is passed through"), (answer.Forecast, Assert.Single(answer.Blockers)));
        var drain = await _client.GetDrainForecastAsync(new GetDrainForecastRequest { Parallel = 3, BandwidthBytesPerSecond = 1 << 20 });
        Assert.Equal((3u, null, "a host device is passed through"), (drain.Parallel, drain.AtMost, drain.Guests[0].Blockers[0]));
    }

    [Theory]
    [InlineData("limit", "is -1; expected 1 to 10000")]
    [InlineData("guest_uuid", "is empty; expected the UUID")]
    [InlineData("downtime_limit", "is -3 s; expected 1 ms to 600 s")]
    [InlineData("parallel", "is 4000000000; expected 1 to 10000")]
    [InlineData("period", "is 0.5 s; expected 1 s to 60 s")]
    [InlineData("method", "is 'dirty'; expected page-sampling, dirty-bitmap or dirty-ring")]
    public async Task A_field_that_cannot_be_is_named_with_what_was_found_and_expected(string field, string problem)
    {
        Look(MigrationMaker.State(s_guest));
        var error = await Fails<object>(async () => field switch
        {
            "limit" => await _client.ListMigrationHistoryAsync(new ListMigrationHistoryRequest { Limit = -1 }),
            "guest_uuid" => await _client.GetMigrationForecastAsync(new GetMigrationForecastRequest()),
            "downtime_limit" => await _client.GetMigrationForecastAsync(new GetMigrationForecastRequest { GuestUuid = s_guest.Uuid, DowntimeLimit = new Duration { Seconds = -3 } }),
            "parallel" => await _client.GetDrainForecastAsync(new GetDrainForecastRequest { Parallel = 4_000_000_000 }),
            "period" => await _client.MeasureDirtyRateAsync(new MeasureDirtyRateRequest { GuestUuid = s_guest.Uuid, Period = new Duration { Nanos = 500_000_000 } }),
            _ => await _client.MeasureDirtyRateAsync(new MeasureDirtyRateRequest { GuestUuid = s_guest.Uuid, Method = "dirty" }),
        });
        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
        var violation = Assert.Single(StatusDetails.Find<BadRequest>(error)!.FieldViolations);
        Assert.Equal(field, violation.Field);
        Assert.StartsWith(problem, violation.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_guest_that_does_not_run_here_is_not_found()
    {
        Look(MigrationMaker.State(s_guest));
        Assert.Equal(StatusCode.NotFound, (await Fails(() => _client.GetMigrationForecastAsync(new GetMigrationForecastRequest { GuestUuid = "nobody" }))).StatusCode);
        Assert.Equal(StatusCode.NotFound, (await Fails(() => _client.MeasureDirtyRateAsync(new MeasureDirtyRateRequest { GuestUuid = "nobody" }))).StatusCode);
    }

    [Fact]
    public async Task A_dirty_rate_is_measured_as_asked_for()
    {
        Look(MigrationMaker.State(s_guest));
        (string Uuid, DirtyRateMode Mode, TimeSpan Period)? asked = null;
        _host.Meter.Measure = (uuid, mode, period, _) =>
        {
            asked = (uuid, mode, period);
            return Task.FromResult(new DirtyRate(36 << 20, mode, period, DateTimeOffset.UnixEpoch));
        };
        var rate = (await _client.MeasureDirtyRateAsync(new MeasureDirtyRateRequest { GuestUuid = s_guest.Uuid, Method = "dirty-ring", Period = new Duration { Seconds = 2 } })).DirtyRate;
        Assert.Equal((s_guest.Uuid, DirtyRateMode.DirtyRing, TimeSpan.FromSeconds(2)), asked);
        Assert.Equal((36ul << 20, "dirty-ring", TimeSpan.FromSeconds(2)), (rate.BytesPerSecond, rate.Method, rate.Period.ToTimeSpan()));
        await _client.MeasureDirtyRateAsync(new MeasureDirtyRateRequest { GuestUuid = s_guest.Uuid });
        Assert.Equal((s_guest.Uuid, DirtyRateMode.PageSampling, TimeSpan.FromSeconds(1)), asked);
    }

    [Theory]
    [InlineData(GuestSourceFault.Absent, false, StatusCode.NotFound)]
    [InlineData(GuestSourceFault.Unsupported, false, StatusCode.FailedPrecondition)]
    [InlineData(GuestSourceFault.Busy, true, StatusCode.FailedPrecondition)]
    [InlineData(GuestSourceFault.Busy, false, StatusCode.ResourceExhausted)]
    [InlineData(GuestSourceFault.Failed, false, StatusCode.Unavailable)]
    public async Task Why_nothing_was_measured_is_a_status_of_its_own(GuestSourceFault fault, bool migrates, StatusCode code)
    {
        Look(MigrationMaker.State(s_guest));
        if (migrates)
        {
            using var batch = _host.Migrations.Write();
            batch.Put(MigrationMaker.Status("1", DateTimeOffset.UtcNow) with { Guest = s_guest }, DateTimeOffset.UtcNow);
        }

        _host.Meter.Measure = (_, _, _, _) => throw new GuestSourceException(fault, "measured 3 s ago: 36 MiB/s");
        var error = await Fails(() => _client.MeasureDirtyRateAsync(new MeasureDirtyRateRequest { GuestUuid = s_guest.Uuid }));
        Assert.Equal((code, "measured 3 s ago: 36 MiB/s"), (error.StatusCode, error.Status.Detail));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_caller_who_goes_or_runs_out_of_time_ends_the_wait_for_a_measurement(bool deadline)
    {
        Look(MigrationMaker.State(s_guest));
        var (begun, ended) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        _host.Meter.Measure = async (_, _, _, stop) =>
        {
            begun.SetResult();
            await using var _ = stop.Register(ended.SetResult);
            await Task.Delay(Timeout.Infinite, stop);
            return null!;
        };
        var time = new ManualTime();
        var client = new MigrationService.MigrationServiceClient(_host.Connect(time));
        using var call = client.MeasureDirtyRateAsync(new MeasureDirtyRateRequest { GuestUuid = s_guest.Uuid }, deadline: deadline ? time.GetUtcNow().UtcDateTime.AddHours(1) : null);
        await begun.Task.WaitAsync(EchoServer.Patience);
        if (deadline) time.Advance(TimeSpan.FromHours(1));
        else call.Dispose();
        await ended.Task.WaitAsync(EchoServer.Patience);
        var error = await Assert.ThrowsAnyAsync<Exception>(() => call.ResponseAsync.WaitAsync(EchoServer.Patience));
        if (deadline) Assert.Equal(StatusCode.DeadlineExceeded, ((RpcException)error).StatusCode);
    }

    [Fact]
    public async Task A_measurement_ends_with_the_server()
    {
        Look(MigrationMaker.State(s_guest));
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _host.Meter.Measure = async (_, _, _, stop) =>
        {
            begun.SetResult();
            await Task.Delay(Timeout.Infinite, stop);
            return null!;
        };
        using var call = _client.MeasureDirtyRateAsync(new MeasureDirtyRateRequest { GuestUuid = s_guest.Uuid });
        await begun.Task.WaitAsync(EchoServer.Patience);
        var stopped = _host.StopAsync();
        Assert.Equal(StatusCode.Unavailable, (await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync.WaitAsync(EchoServer.Patience))).StatusCode);
        await stopped.WaitAsync(EchoServer.Patience);
    }

    private static async Task<RpcException> Fails<T>(Func<AsyncUnaryCall<T>> call) => await Assert.ThrowsAsync<RpcException>(() => call().ResponseAsync.WaitAsync(EchoServer.Patience));

    private static async Task<RpcException> Fails<T>(Func<Task<T>> call) => await Assert.ThrowsAsync<RpcException>(() => call().WaitAsync(EchoServer.Patience));

    private void Look(params GuestState[] guests)
    {
        using var batch = _host.Migrations.Write();
        foreach (var guest in guests) batch.Put(guest);
        batch.Ready();
    }
}
