using NodeAgent.Migration.Model;
using NodeAgent.Migration.Sources;
using NodeAgent.Tests.Support;
using NodeAgent.Tests.Support.Libvirt;
using Xunit;

namespace NodeAgent.Tests.Unit.Migration.Libvirt;

/// <summary>Guests over a daemon that does as it is told.</summary>
public sealed class SourceTests : IAsyncLifetime
{
    private static readonly (string, object)[] s_active = [("operation", 5), ("time_elapsed", 1000L), ("downtime", 300L), ("memory_total", 1000L), ("memory_remaining", 400L), ("memory_iteration", 1L)];

    private readonly LibvirtRoom _room = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _room.DisposeAsync().AsTask();

    [Fact]
    public async Task A_guest_is_found_by_its_uuid_and_everything_is_opened_to_read_only()
    {
        await using var source = await _room.OpenAsync();
        Assert.Equal(GuestSourceKind.Libvirt, source.Kind);
        Assert.Equal([66, 1, 3, 316, 316, 316, 24], _room.Daemon.Calls.Select(static c => c.Procedure));
        Assert.Equal(1, _room.Daemon.Calls[1].Flags);
        Assert.Equal(MigrationPhase.None, (await source.SampleAsync(CancellationToken.None)).Phase);
        Assert.Empty(_room.Heard.All);
        Assert.Empty(await source.BlockersAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_guest_without_a_uuid_is_found_by_its_name()
    {
        await using var source = await _room.OpenAsync(LibvirtRoom.Guest with { Uuid = "" });
        Assert.Equal(23, _room.Daemon.Calls[^1].Procedure);
    }

    [Fact]
    public async Task A_guest_that_libvirt_does_not_run_is_none_of_its()
    {
        Assert.Null(await _room.Sources.TryOpenAsync(LibvirtRoom.Guest with { RunByLibvirt = false }, _room.Heard, CancellationToken.None));
        Assert.Equal(0, _room.Daemon.Connections);
    }

    [Fact]
    public async Task A_guest_that_is_nowhere_says_so_and_no_connection_is_kept()
    {
        var stranger = LibvirtRoom.Guest with { Uuid = Guid.NewGuid().ToString() };
        Assert.Contains("does not know domain", (await Fault(_room.OpenAsync(stranger), GuestSourceFault.Absent)).Message);
        Assert.Equal(0, _room.Sources.Daemons);
        Assert.True(Wait.Until(() => _room.Daemon.Clients == 0));
        _room.Sockets.At.Clear();
        Assert.Contains("no socket of a libvirt", (await Fault(_room.OpenAsync(), GuestSourceFault.Absent)).Message);
    }

    [Fact]
    public async Task The_next_socket_is_tried_where_one_is_dead_or_runs_other_guests()
    {
        _room.Sockets.At.InsertRange(0, ["dead-sock", "strangers-sock"]);
        using (new FakeLibvirt(_room.PathOf("dead-sock"))) File.Move(_room.PathOf("dead-sock"), _room.PathOf("kept"));
        File.Move(_room.PathOf("kept"), _room.PathOf("dead-sock"));
        using var stranger = new FakeLibvirt(_room.PathOf("strangers-sock"), LibvirtRoom.Other);
        await using var source = await _room.OpenAsync();
        Assert.Equal(1, stranger.Connections);
        Assert.Equal(1, _room.Sources.Daemons);
    }

    [Fact]
    public async Task All_guests_of_a_daemon_share_a_connection_and_the_last_one_closes_it()
    {
        var sources = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => _room.OpenAsync(LibvirtRoom.GuestOf(i % 2 == 0 ? LibvirtRoom.Domain : LibvirtRoom.Other, 1000 + i))));
        Assert.Equal((1, 1), (_room.Daemon.Connections, _room.Sources.Daemons));
        foreach (var source in sources.Skip(1)) await source.DisposeAsync();
        await sources[1].DisposeAsync();
        Assert.Equal(1, _room.Daemon.Clients);
        await sources[0].SampleAsync(CancellationToken.None);
        await sources[0].DisposeAsync();
        Assert.True(Wait.Until(() => _room.Daemon.Clients == 0));
        Assert.Equal(0, _room.Sources.Daemons);
    }

    [Fact]
    public async Task A_migration_is_sampled_with_its_downtime_limit_and_signs_of_life_begin_with_it()
    {
        _room.Daemon.Job = static _ => new Xdr().Int(2).Parameters(s_active);
        await using var source = await _room.OpenAsync();
        var sample = await source.SampleAsync(CancellationToken.None);
        Assert.Equal((MigrationPhase.Active, 400L, TimeSpan.FromMilliseconds(300)), (sample.Phase, sample.RemainingBytes, sample.ExpectedDowntime));
        Assert.DoesNotContain(_room.Daemon.Calls, static c => c.Procedure == 60);
        var limited = MigrationPhase.None;
        for (var i = 0; i < 20 && sample.DowntimeLimit is null; i++) (sample, limited) = (await source.SampleAsync(CancellationToken.None), MigrationPhase.Active);
        Assert.Equal((TimeSpan.FromMilliseconds(300), MigrationPhase.Active), (sample.DowntimeLimit, limited));
        Assert.Single(_room.Daemon.Calls, static c => c.Procedure == 60);
        Assert.Single(_room.Daemon.Calls, static c => c.Procedure == 387);
    }

    [Fact]
    public async Task The_record_of_what_ended_is_read_and_never_taken()
    {
        var ended = false;
        _room.Daemon.Answer = call => call.Procedure != 298 || !ended ? null : call.Flags == 0 ? call.Error(55, "domain is not running") : call.Reply(new Xdr().Int(3).Parameters([.. s_active, ("downtime_net", 12L)]));
        _room.Daemon.Job = static _ => new Xdr().Int(2).Parameters(s_active);
        await using var source = await _room.OpenAsync();
        await source.SampleAsync(CancellationToken.None);
        ended = true;
        var sample = await source.SampleAsync(CancellationToken.None);
        Assert.Equal((MigrationPhase.Completed, TimeSpan.FromMilliseconds(300), null), (sample.Phase, sample.Downtime, sample.ExpectedDowntime));
        Assert.Equal([0, 0, 3], _room.Daemon.Calls.Where(static c => c.Procedure == 298).Select(static c => c.Flags));
    }

    [Fact]
    public async Task A_job_that_is_gone_without_a_record_was_cancelled_and_one_of_a_domain_that_is_gone_is_unknown()
    {
        _room.Daemon.Job = static _ => new Xdr().Int(2).Parameters(s_active);
        await using var source = await _room.OpenAsync();
        await source.SampleAsync(CancellationToken.None);
        _room.Daemon.Job = static _ => new Xdr().Int(0).Parameters();
        Assert.Equal(MigrationPhase.Cancelled, (await source.SampleAsync(CancellationToken.None)).Phase);
        Assert.Equal(MigrationPhase.None, (await source.SampleAsync(CancellationToken.None)).Phase);
        _room.Daemon.Answer = static call => call.Procedure == 298 ? call.Error(42, "Domain not found") : null;
        Assert.Contains("does not run domain", (await Fault(source.SampleAsync(CancellationToken.None).AsTask(), GuestSourceFault.Absent)).Message);
    }

    [Fact]
    public async Task A_destination_has_no_counters_and_runs_in_the_end()
    {
        _room.Daemon.Answer = static call => call.Procedure == 298 ? call.Error(84, "migration statistics are available only on the source host") : null;
        await using var source = await _room.OpenAsync();
        var sample = await source.SampleAsync(CancellationToken.None);
        Assert.Equal(new MigrationSample(sample.At) { Phase = MigrationPhase.Active }, sample);
        _room.Daemon.Answer = null;
        Assert.Equal(MigrationPhase.Completed, (await source.SampleAsync(CancellationToken.None)).Phase);
    }

    [Fact]
    public async Task Events_reach_the_guest_they_are_about_and_no_other()
    {
        await using var source = await _room.OpenAsync();
        await using var other = await _room.OpenAsync(LibvirtRoom.GuestOf(LibvirtRoom.Other, 4712));
        _room.Daemon.Iteration(LibvirtRoom.Domain, 3);
        _room.Daemon.Lifecycle(LibvirtRoom.Domain, 3, 1);
        _room.Daemon.Lifecycle(LibvirtRoom.Other, 4, 1);
        _room.Daemon.Send(new Xdr().Int(7).String("of a later release").Packet(999, 2, 0));
        _room.Daemon.JobCompleted(LibvirtRoom.Domain, [.. s_active, ("downtime_net", 12L)]);
        var completed = _room.Heard.Await(SourceEventKind.Completed);
        Assert.Equal((MigrationPhase.Completed, TimeSpan.FromMilliseconds(300)), (completed.Statistics.Phase, completed.Statistics.Downtime));
        Assert.Equal(3, _room.Heard.All[0].Heard.Pass);
        Assert.Equal([SourceEventKind.Pass, SourceEventKind.Stopped, SourceEventKind.Completed], _room.Heard.All.Where(static e => e.Guest.Pid == 4711).Select(static e => e.Heard.Kind));
        Assert.Equal([SourceEventKind.Resumed, SourceEventKind.Look], _room.Heard.All.Where(static e => e.Guest.Pid == 4712).Select(static e => e.Heard.Kind));
    }

    [Fact]
    public async Task A_backup_that_is_done_is_told_nobody()
    {
        await using var source = await _room.OpenAsync();
        _room.Daemon.JobCompleted(LibvirtRoom.Domain, ("operation", 9));
        _room.Daemon.Lifecycle(LibvirtRoom.Domain, 5, 3);
        _room.Heard.Await(SourceEventKind.Look);
        Assert.Equal([SourceEventKind.Look], _room.Heard.Kinds);
    }

    [Fact]
    public async Task Post_copy_is_a_stop_and_a_phase()
    {
        await using var source = await _room.OpenAsync();
        _room.Daemon.Lifecycle(LibvirtRoom.Domain, 3, 7);
        Assert.Equal(MigrationPhase.PostcopyActive, _room.Heard.Await(SourceEventKind.Phase).Phase);
        _room.Daemon.Lifecycle(LibvirtRoom.Domain, 3, 8);
        Assert.Equal(MigrationPhase.PostcopyPaused, _room.Heard.Await(SourceEventKind.Phase, 2).Phase);
        Assert.Equal(SourceEventKind.Stopped, _room.Heard.Kinds[0]);
    }

    [Fact]
    public async Task Pings_are_answered()
    {
        await using var source = await _room.OpenAsync();
        _room.Daemon.Send(new Xdr().Packet(1, 2, 0, program: 0x6b656570));
        Assert.True(Wait.Until(() => _room.Daemon.Calls is [.., { Procedure: 2, Serial: 0, Packet.Length: 28 }]));
        Assert.Equal("kee"u8, _room.Daemon.Calls[^1].Packet.AsSpan(4, 3));
    }

    [Fact]
    public async Task A_call_that_is_cancelled_leaves_the_connection_as_it_was()
    {
        await using var source = await _room.OpenAsync();
        using var cancellation = new CancellationTokenSource();
        FakeCall? asked = null;
        _room.Daemon.Answer = call => call.Procedure == 298 ? Keep(call) : null;
        var sample = source.SampleAsync(cancellation.Token).AsTask();
        Assert.True(Wait.Until(() => asked is not null));
        await cancellation.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => sample);
        Assert.Contains("still has not answered", (await Fault(source.SampleAsync(CancellationToken.None).AsTask(), GuestSourceFault.Failed)).Message);
        _room.Daemon.Send(asked!.Reply(new Xdr().Int(0).Parameters()));
        _room.Daemon.Answer = null;
        Assert.True(Wait.Until(() => source.SampleAsync(CancellationToken.None).AsTask() is var again && Task.WhenAny(again).Result.IsCompletedSuccessfully));
        Assert.Equal(1, _room.Daemon.Connections);

        byte[] Keep(FakeCall call)
        {
            asked = call;
            return [];
        }
    }

    private static async Task<GuestSourceException> Fault(Task task, GuestSourceFault fault)
    {
        var thrown = await Assert.ThrowsAsync<GuestSourceException>(() => task);
        Assert.Equal(fault, thrown.Fault);
        return thrown;
    }
}
