using NodeAgent.Migration.Model;
using NodeAgent.Migration.Sources;
using NodeAgent.Tests.Support;
using NodeAgent.Tests.Support.Libvirt;
using Xunit;

namespace NodeAgent.Tests.Unit.Migration.Libvirt;

/// <summary>Daemons that go away, hang, or are none.</summary>
public sealed class FaultTests : IAsyncLifetime
{
    private readonly LibvirtRoom _room = new();

    public static TheoryData<string, string, byte[]> Garbage => new()
    {
        { "no length", "claims 7", [0, 0, 0, 7] },
        { "HTTP", "claims 1213486160", "HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray() },
        { "oversized", "at most 4194304 bytes", [0x00, 0x40, 0x00, 0x01] },
        { "another version", "expected version 1", [0, 0, 0, 28, 0x20, 0, 0x80, 0x86, 0, 0, 0, 2, .. new byte[16]] },
        { "another program", "program 0x12345678", new Xdr().Packet(1, 2, 0, program: 0x12345678) },
        { "a call", "kind 0", new Xdr().Packet(1, 0, 0) },
        { "a stream", "kind 3", new Xdr().Packet(1, 3, 0) },
        { "an answer nobody waits for", "one to call 4242", new Xdr().Packet(298, 1, 4242) },
        { "an event cut short", "end of the packet", new Xdr().Int(0).Packet(318, 2, 0) },
    };

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _room.DisposeAsync().AsTask();

    [Theory]
    [MemberData(nameof(Garbage))]
    public async Task Garbage_ends_the_connection_with_a_sentence_and_it_is_made_anew(string what, string sentence, byte[] bytes)
    {
        await using var source = await _room.OpenAsync();
        _room.Daemon.Send(bytes);
        var lost = _room.Heard.Await(SourceEventKind.Lost);
        Assert.True(lost.Reason!.Contains(sentence, StringComparison.Ordinal) && lost.Reason.StartsWith("libvirt at ", StringComparison.Ordinal), $"{what}: {lost.Reason}");
        Assert.Equal(lost.Reason, (await Assert.ThrowsAsync<GuestSourceException>(() => source.SampleAsync(CancellationToken.None).AsTask())).Message);
        Assert.True(_room.Pass(() => _room.Heard.Kinds.Contains(SourceEventKind.Look), TimeSpan.FromSeconds(0.2)));
        Assert.Equal(MigrationPhase.None, (await source.SampleAsync(CancellationToken.None)).Phase);
    }

    [Theory]
    [InlineData(66)]
    [InlineData(298)]
    public async Task An_answer_that_is_none_fails_the_call_and_the_connection(int procedure)
    {
        await using var source = await _room.OpenAsync();
        _room.Daemon.Answer = call => call.Procedure == 298 ? procedure == 298 ? call.Reply(new Xdr().Int(99)) : new Xdr().Packet(66, 1, call.Serial) : null;
        var thrown = await Assert.ThrowsAsync<GuestSourceException>(() => source.SampleAsync(CancellationToken.None).AsTask());
        Assert.Contains("sent what is no answer", thrown.Message);
        _room.Heard.Await(SourceEventKind.Lost);
    }

    [Fact]
    public async Task Packets_may_come_byte_by_byte_and_many_at_once()
    {
        await using var source = await _room.OpenAsync();
        _room.Daemon.Answer = call =>
        {
            if (call.Procedure != 298) return null;
            foreach (var one in call.Reply(new Xdr().Int(0).Parameters())) _room.Daemon.Send([one]);
            return [];
        };
        Assert.Equal(MigrationPhase.None, (await source.SampleAsync(CancellationToken.None)).Phase);
        var many = Enumerable.Range(1, 500).SelectMany(static i => new Xdr().Int(1).Domain(LibvirtRoom.Domain).Int(i).Packet(359, 2, 0)).ToArray();
        _room.Daemon.Send(many);
        _room.Heard.Await(SourceEventKind.Pass, 500);
        Assert.Equal(Enumerable.Range(1, 500).Select(static i => (long)i), _room.Heard.All.Select(static e => e.Heard.Pass));
    }

    [Fact]
    public async Task An_answer_of_a_megabyte_is_read()
    {
        await using var source = await _room.OpenAsync();
        _room.Daemon.Job = static _ => new Xdr().Int(2).Parameters(("operation", 5), ("memory_total", 9L), ("of_a_later_release", new string('x', 1 << 20)));
        Assert.Equal(9, (await source.SampleAsync(CancellationToken.None)).TotalBytes);
    }

    [Fact]
    public async Task A_daemon_that_takes_in_and_never_answers_is_lost_after_2_seconds()
    {
        _room.Daemon.Answer = static _ => [];
        var opening = _room.OpenAsync();
        Assert.True(Wait.Until(() => _room.Daemon.Calls.Count == 1));
        Assert.True(_room.Pass(() => opening.IsCompleted, TimeSpan.FromSeconds(2)));
        var thrown = await Assert.ThrowsAsync<GuestSourceException>(() => opening);
        Assert.Equal(GuestSourceFault.Failed, thrown.Fault);
        Assert.EndsWith("does not answer within 2 s: it hangs or is stopped; look at its journal", thrown.Message);
        Assert.Equal(0, _room.Sources.Daemons);
    }

    [Fact]
    public async Task A_daemon_that_stops_answering_is_lost_for_all_its_guests_and_comes_back()
    {
        await using var source = await _room.OpenAsync();
        await using var other = await _room.OpenAsync(LibvirtRoom.GuestOf(LibvirtRoom.Other, 4712));
        _room.Daemon.Answer = static _ => [];
        var sample = source.SampleAsync(CancellationToken.None).AsTask();
        Assert.True(_room.Pass(() => sample.IsCompleted, TimeSpan.FromSeconds(1)));
        Assert.Contains("does not answer within 2 s", (await Assert.ThrowsAsync<GuestSourceException>(() => sample)).Message);
        _room.Heard.Await(SourceEventKind.Lost, 2);
        Assert.True(_room.Pass(() => _room.Log.Lines.Any(static l => l.StartsWith("2021", StringComparison.Ordinal)), TimeSpan.FromSeconds(0.1)));
        _room.Daemon.Answer = null;
        Assert.True(_room.Pass(() => _room.Heard.Kinds.Count(static k => k == SourceEventKind.Look) == 2, TimeSpan.FromSeconds(0.2)));
        Assert.Equal(["2020", "2021", "2022"], _room.Log.Lines.Select(static l => l[..4]));
        Assert.Equal(2, _room.Heard.Kinds.Count(static k => k == SourceEventKind.Lost));
        await source.SampleAsync(CancellationToken.None);
    }

    [Fact]
    public async Task A_guest_that_is_not_answered_for_while_others_are_fails_alone()
    {
        await using var source = await _room.OpenAsync();
        await using var other = await _room.OpenAsync(LibvirtRoom.GuestOf(LibvirtRoom.Other, 4712));
        _room.Daemon.Answer = static call => call.Procedure == 298 && call.Packet.AsSpan().IndexOf("other"u8) < 0 ? [] : null;
        var sample = source.SampleAsync(CancellationToken.None).AsTask();
        await other.SampleAsync(CancellationToken.None);
        _room.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Contains("answers others, but not this request", (await Assert.ThrowsAsync<GuestSourceException>(() => sample)).Message);
        await other.SampleAsync(CancellationToken.None);
        Assert.DoesNotContain(SourceEventKind.Lost, _room.Heard.Kinds);
        Assert.Contains("still has not answered", (await Assert.ThrowsAsync<GuestSourceException>(() => source.SampleAsync(CancellationToken.None).AsTask())).Message);
    }

    [Fact]
    public async Task A_daemon_that_is_started_again_is_found_at_its_new_socket_which_new_guests_share()
    {
        await using var source = await _room.OpenAsync();
        _room.Daemon.Dispose();
        Assert.Contains("closed the connection", _room.Heard.Await(SourceEventKind.Lost).Reason);
        _room.Listen();
        Assert.True(_room.Pass(() => _room.Heard.Kinds.Contains(SourceEventKind.Look), TimeSpan.FromSeconds(0.2)));
        await using var other = await _room.OpenAsync(LibvirtRoom.GuestOf(LibvirtRoom.Other, 4712));
        Assert.Equal((1, 1), (_room.Daemon.Connections, _room.Sources.Daemons));
    }

    [Fact]
    public async Task The_pauses_between_attempts_grow_to_half_a_minute()
    {
        await using var source = await _room.OpenAsync();
        _room.Daemon.Answer = static call => call.Error(1, "not now");
        var before = _room.Daemon.Connections;
        _room.Daemon.Drop();
        _room.Heard.Await(SourceEventKind.Lost);
        var start = _room.Clock.GetUtcNow();
        Assert.True(_room.Pass(() => _room.Daemon.Connections >= before + 9, TimeSpan.FromSeconds(1)));

        // 0.2 + 0.4 + 0.8 + 1.6 + 3.2 + 6.4 + 12.8 + 25.6 + 30 s
        Assert.InRange((_room.Clock.GetUtcNow() - start).TotalSeconds, 80, 1000);
        Assert.Single(_room.Heard.Kinds, SourceEventKind.Lost);
        Assert.Single(_room.Log.Lines, static l => l.StartsWith("2021", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nothing_is_told_after_the_end()
    {
        var source = await _room.OpenAsync();
        await using var other = await _room.OpenAsync(LibvirtRoom.GuestOf(LibvirtRoom.Other, 4712));
        await source.DisposeAsync();
        _room.Daemon.Iteration(LibvirtRoom.Domain, 1);
        _room.Daemon.Iteration(LibvirtRoom.Other, 2);
        _room.Heard.Await(SourceEventKind.Pass);
        Assert.Equal([4712], _room.Heard.All.Select(static e => e.Guest.Pid));
    }

    [Theory]
    [InlineData(1, "asks for a login")]
    [InlineData(2, null)]
    public async Task A_daemon_that_asks_for_a_login_is_answered_where_it_can_be(int way, string? refusal)
    {
        _room.Daemon.Answer = call => call.Procedure == 66 ? call.Reply(new Xdr().Int(1).Int(way)) : null;
        if (refusal is not null)
        {
            Assert.Contains(refusal, (await Assert.ThrowsAsync<GuestSourceException>(() => _room.OpenAsync())).Message);
            return;
        }

        await using var source = await _room.OpenAsync();
        Assert.Contains(_room.Daemon.Calls, static c => c.Procedure == 70);
    }

    [Fact]
    public async Task A_daemon_of_other_machines_is_left_alone()
    {
        _room.Daemon.Answer = static call => call.Procedure == 3 ? call.Reply(new Xdr().String("LXC")) : null;
        Assert.Contains("runs guests of LXC", (await Assert.ThrowsAsync<GuestSourceException>(() => _room.OpenAsync())).Message);
    }

    [Fact]
    public async Task A_daemon_that_does_not_take_its_own_name_is_asked_by_name()
    {
        _room.Daemon.Answer = static call => call.Procedure == 1 && call.Packet.AsSpan().IndexOf("qemu:///session"u8) < 0 ? call.Error(1, "no") : null;
        await using var source = await _room.OpenAsync();
        Assert.Equal(3, _room.Daemon.Calls.Count(static c => c.Procedure == 1));
        Assert.All(_room.Daemon.Calls.Where(static c => c.Procedure == 1), static c => Assert.Equal(1, c.Flags));
    }
}
