using Grpc.Core;
using NodeAgent.Api.V1;
using NodeAgent.Migration.Store;
using NodeAgent.Tests.Unit.Grpc;
using NodeAgent.Tests.Unit.Node;
using Xunit;

namespace NodeAgent.Tests.Unit.Api.Migration;

/// <summary>WatchMigrations over a real Kestrel and a Unix socket.</summary>
[Collection(nameof(Hosting.LeakTests.Alone))]
public sealed class MigrationStreamTests : IAsyncLifetime
{
    private const int Migrations = 20;

    private readonly MigrationFollower _follower = new();
    private ApiHost _host = null!;
    private MigrationService.MigrationServiceClient _client = null!;

    public async Task InitializeAsync()
    {
        _host = await ApiHost.StartAsync(new LinkMaker().Store());
        _client = new MigrationService.MigrationServiceClient(_host.Connect());
        using var batch = _host.Migrations.Write();
        batch.Ready();
        for (var i = 0; i < Migrations; i++) batch.Put(MigrationMaker.Status($"m{i}", DateTimeOffset.UtcNow), DateTimeOffset.UtcNow);
    }

    public Task DisposeAsync() => _host.DisposeAsync().AsTask();

    [Fact]
    public async Task A_reader_that_takes_nothing_is_told_every_pass_and_the_newest_sample_and_the_server_holds_little_for_it()
    {
        using var call = _client.WatchMigrations(new WatchMigrationsRequest());
        await TakeAsync(call);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var statuses = new List<MigrationStatus>();
        _host.Migrations.CopyTo(statuses);
        for (var i = 1; i <= 10_000; i++)
        {
            var now = DateTimeOffset.UtcNow;
            using var batch = _host.Migrations.Write();
            var at = i % Migrations;
            statuses[at] = MigrationMaker.Sampled(statuses[at], i, now);
            batch.Put(statuses[at], now);
            if (i % 200 == 0) batch.Pass("m0", MigrationMaker.Pass(i / 200), now);
        }

        // What is on its way fills the windows of HTTP/2 and the socket, in this process both ends.
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 8L << 20);
        while (_follower.Version < _host.Migrations.Version) await TakeAsync(call);
        Assert.InRange(_follower.Messages, 2, 9_000);
        Assert.Equal(Enumerable.Range(1, 50).Select(static n => $"pass {n}").Prepend("started"), _follower.Told("m0"));
        Assert.Equal(10_000ul, _follower.Migrations["m0"].Counters.RemainingBytes);
        Assert.Equal(9_999ul, _follower.Migrations["m19"].Counters.RemainingBytes);
    }

    [Fact]
    public async Task Many_watchers_are_told_the_same_and_who_lost_its_stream_goes_on_where_it_was()
    {
        var followers = Enumerable.Range(0, 10).Select(static _ => new MigrationFollower()).ToArray();
        var calls = followers.Select(_ => new MigrationService.MigrationServiceClient(_host.Connect()).WatchMigrations(new WatchMigrationsRequest())).ToArray();
        foreach (var (call, follower) in calls.Zip(followers)) await TakeAsync(call, follower);
        for (var i = 1; i <= 30; i++) Pass(i);
        foreach (var (call, follower) in calls.Zip(followers))
        {
            while (follower.Version < _host.Migrations.Version) await TakeAsync(call, follower);
            Assert.Equal(31, follower.Told("m1").Count());
            Assert.Equal(followers[0].Migrations, follower.Migrations);
        }

        var lost = followers[0];
        foreach (var call in calls) call.Dispose();
        for (var i = 31; i <= 40; i++) Pass(i);
        using var resumed = _client.WatchMigrations(new WatchMigrationsRequest { ResumeEpoch = lost.Epoch, ResumeVersion = lost.Version });
        while (lost.Version < _host.Migrations.Version) await TakeAsync(resumed, lost);
        Assert.Equal((1, 41), (lost.FullStates, lost.Told("m1").Count()));
    }

    [Fact]
    public async Task A_silent_watch_has_a_heartbeat()
    {
        using var call = _client.WatchMigrations(new WatchMigrationsRequest { Heartbeat = new Google.Protobuf.WellKnownTypes.Duration { Seconds = 1 } });
        await TakeAsync(call);
        Assert.True((await TakeAsync(call)).Heartbeat);
    }

    [Fact]
    public async Task A_watch_ends_with_the_server_and_with_its_caller()
    {
        using var stop = new CancellationTokenSource();
        using var cancelled = _client.WatchMigrations(new WatchMigrationsRequest(), cancellationToken: stop.Token);
        await TakeAsync(cancelled);
        await stop.CancelAsync();
        Assert.Equal(StatusCode.Cancelled, (await Assert.ThrowsAsync<RpcException>(() => cancelled.ResponseStream.MoveNext(CancellationToken.None).WaitAsync(EchoServer.Patience))).StatusCode);

        using var call = _client.WatchMigrations(new WatchMigrationsRequest());
        await TakeAsync(call);
        var stopped = _host.StopAsync();
        var error = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            while (await call.ResponseStream.MoveNext(CancellationToken.None).WaitAsync(EchoServer.Patience)) continue;
        });
        Assert.Equal(StatusCode.Unavailable, error.StatusCode);
        await stopped.WaitAsync(EchoServer.Patience);
    }

    private void Pass(int number)
    {
        using var batch = _host.Migrations.Write();
        batch.Pass("m1", MigrationMaker.Pass(number), DateTimeOffset.UtcNow);
    }

    private async Task<WatchMigrationsResponse> TakeAsync(AsyncServerStreamingCall<WatchMigrationsResponse> call, MigrationFollower? follower = null)
    {
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None).WaitAsync(EchoServer.Patience));
        (follower ?? _follower).Take(call.ResponseStream.Current);
        return call.ResponseStream.Current;
    }
}
