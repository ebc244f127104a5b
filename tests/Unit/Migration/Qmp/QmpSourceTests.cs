using Microsoft.Extensions.Logging.Abstractions;
using NodeAgent.Migration.Model;
using NodeAgent.Migration.Qmp;
using NodeAgent.Migration.Sources;
using NodeAgent.Tests.Support;
using NodeAgent.Tests.Support.Migrations;
using Xunit;

namespace NodeAgent.Tests.Unit.Migration.Qmp;

/// <summary>A source beside a monitor that a test plays: everything it says, and every way it fails.</summary>
public sealed class QmpSourceTests : IDisposable
{
    private const string Active =
        """{"return": {"status": "active", "total-time": 900, "ram": {"total": 4000, "remaining": 3000, "dirty-sync-count": 2, "mbps": 8, "page-size": 4096}}, "id": ID}""";

    private readonly FakeMonitor _monitor = new();
    private readonly SourceNotes _notes = new();
    private readonly ManualClock _clock = new();

    public void Dispose() => _monitor.Dispose();

    [Fact]
    public async Task A_sample_has_counters_limits_and_resident_memory()
    {
        _monitor.Answer = static command => command == "query-migrate" ? Active : FakeMonitor.Defaults(command);
        await using var source = await OpenAsync();
        for (var i = 0; i < 3; i++)
        {
            var sample = await source.SampleAsync(default);
            Assert.Equal(MigrationPhase.Active, sample.Phase);
            Assert.Equal((4000L, 3000L, 2L, 1000L), (sample.TotalBytes, sample.RemainingBytes, sample.Pass, sample.BandwidthLimit));
            Assert.Equal((TimeSpan.FromMilliseconds(250), false), (sample.DowntimeLimit, sample.PostcopyEnabled));
            Assert.InRange(sample.ResidentBytes!.Value, 1 << 20, 1L << 40);
        }

        Assert.Equal(1, _monitor.Commands.Count(static c => c == "query-migrate-parameters"));
        Assert.Equal(GuestSourceKind.Qmp, source.Kind);
        Assert.Empty(_notes.Events);
    }

    [Fact]
    public async Task Limits_are_read_again_in_another_pass()
    {
        var pass = 2;
        _monitor.Answer = command => command == "query-migrate" ? Active.Replace("\"dirty-sync-count\": 2", $"\"dirty-sync-count\": {pass}", StringComparison.Ordinal) : FakeMonitor.Defaults(command);
        await using var source = await OpenAsync();
        await source.SampleAsync(default);
        pass = 3;
        await source.SampleAsync(default);
        Assert.Equal(2, _monitor.Commands.Count(static c => c == "query-migrate-parameters"));
    }

    [Fact]
    public async Task Events_are_told_as_they_come_also_between_a_command_and_its_answer()
    {
        _monitor.Answer = command => command != "query-migrate" ? FakeMonitor.Defaults(command)
            : """{"event": "MIGRATION", "data": {"status": "active"}}""" + "\r\n" + """{"event": "MIGRATION_PASS", "data": {"pass": 1}}""" + "\r\n" + """{"return": {}, "id": 0}""" + "\r\n" + """{"return": {}, "id": ID}""";
        await using var source = await OpenAsync();
        var sample = await source.SampleAsync(default);
        Assert.Equal(MigrationPhase.None, sample.Phase);
        _monitor.Say("""{"timestamp": {"seconds": 1, "microseconds": 2}, "event": "STOP"}""");
        _monitor.Say("""{"event": "MIGRATION", "data": {"status": 5}}""");
        _monitor.Say("""{"event": "MIGRATION_PASS"}""");
        _monitor.Say("""{"event": "BALLOON_CHANGE", "data": {"actual": 1}}""");
        _monitor.Say("""{"event": "RESUME"}""");
        Assert.True(Wait.Until(() => _notes.Saw(SourceEventKind.Resumed)));
        Assert.Equal([SourceEventKind.Phase, SourceEventKind.Pass, SourceEventKind.Stopped, SourceEventKind.Resumed], _notes.Events.Select(static e => e.Kind));
        Assert.Equal((MigrationPhase.Active, 1L), (_notes.Events[0].Phase, _notes.Events[1].Pass));
    }

    [Fact]
    public async Task What_was_on_its_way_happened_when_QEMU_says()
    {
        await using var source = await Sources().TryOpenAsync(OwnProcess.Guest(_monitor.Path), _notes, default);
        var now = _clock.GetUtcNow();
        foreach (var (name, ago) in new[] { ("STOP", 300), ("RESUME", 100), ("STOP", 60_000), ("RESUME", -50) })
        {
            var at = now.AddMilliseconds(-ago);
            _monitor.Say($$"""{"timestamp": {"seconds": {{at.ToUnixTimeSeconds()}}, "microseconds": {{at.Microsecond + (1000 * at.Millisecond)}}}, "event": "{{name}}"}""");
        }

        Assert.True(Wait.Until(() => _notes.Events.Count == 4));
        var heard = _notes.Events.Select(static e => e.At).ToList();
        // Read within moments of each other: what is said to be older is, and a clock that disagrees is not believed.
        Assert.InRange(heard[1] - heard[0], TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(10));
        Assert.InRange(heard[2] - heard[1], TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(10));
        Assert.InRange(heard[3] - heard[2], TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_free_monitor_that_does_not_greet_is_closed_and_tried_again()
    {
        _monitor.Greeting = null;
        var sources = Sources();
        var open = sources.TryOpenAsync(OwnProcess.Guest(_monitor.Path), _notes, default).AsTask();
        Assert.True(Wait.Until(() => _monitor.Clients == 1));
        while (!open.IsCompleted) _clock.Advance(TimeSpan.FromMilliseconds(200));
        var refused = await Assert.ThrowsAsync<GuestSourceException>(() => open);
        Assert.Equal((GuestSourceFault.Failed, $"QEMU (pid {Environment.ProcessId}) did not greet at its monitor {_monitor.Path} within 1 s: it hangs or is busy, and is tried again"), (refused.Fault, refused.Message));
        Assert.Empty(_notes.Events);
        _monitor.Greeting = FakeMonitor.Hello;
        await using var source = await sources.TryOpenAsync(OwnProcess.Guest(_monitor.Path), _notes, default);
        Assert.NotNull(source);
        Assert.Equal(2, _monitor.Clients);
    }

    [Fact]
    public async Task Only_one_client_is_at_a_monitor()
    {
        var sources = Sources();
        await using (await sources.TryOpenAsync(OwnProcess.Guest(_monitor.Path), _notes, default))
        {
            var refused = await Assert.ThrowsAsync<GuestSourceException>(async () => await sources.TryOpenAsync(OwnProcess.Guest(_monitor.Path), _notes, default));
            Assert.StartsWith("another client holds the monitor", refused.Message, StringComparison.Ordinal);
        }

        Assert.Equal(1, _monitor.Clients);
    }

    [Fact]
    public async Task The_second_monitor_is_taken_where_the_first_is_held()
    {
        using var held = new FakeMonitor();
        await using var first = await Sources().TryOpenAsync(OwnProcess.Guest(held.Path), _notes, default);
        await using var source = await Sources().TryOpenAsync(OwnProcess.Guest(held.Path, _monitor.Path), _notes, default);
        Assert.Equal((1, 1), (held.Clients, _monitor.Clients));
    }

    [Fact]
    public async Task The_only_monitor_of_a_guest_is_left_to_its_owner()
    {
        var guest = OwnProcess.Guest() with { QmpSockets = [_monitor.Path] };
        var refused = await Assert.ThrowsAsync<GuestSourceException>(async () => await Sources().TryOpenAsync(guest, _notes, default));
        Assert.Equal(GuestSourceFault.Unsupported, refused.Fault);
        Assert.Equal($"its only monitor, {_monitor.Path}, is left to whoever runs it: give the agent one of its own (-qmp unix:PATH,server=on,wait=off)", refused.Message);
        Assert.Empty(_monitor.Commands);
    }

    [Fact]
    public async Task A_socket_of_another_process_is_left_alone()
    {
        var guest = new Guest(OwnProcess.Of(1), "", "guest") { QmpSockets = ["/run/of-its-owner.qmp", _monitor.Path] };
        var refused = await Assert.ThrowsAsync<GuestSourceException>(async () => await Sources().TryOpenAsync(guest, _notes, default));
        Assert.Empty(_monitor.Commands);
        Assert.NotEqual(GuestSourceFault.Failed, refused.Fault);
    }

    [Fact]
    public async Task Guests_of_libvirt_and_guests_without_a_monitor_are_not_read()
    {
        Assert.Null(await Sources().TryOpenAsync(OwnProcess.Guest(_monitor.Path) with { RunByLibvirt = true }, _notes, default));
        Assert.Null(await Sources().TryOpenAsync(OwnProcess.Guest(), _notes, default));
        Assert.Equal(0, _monitor.Clients);
    }

    [Fact]
    public async Task A_guest_that_just_started_is_left_to_whoever_started_it()
    {
        var sources = new QmpSources(HostPaths.Default, _clock, NullLogger.Instance, TimeSpan.FromDays(10_000));
        var refused = await Assert.ThrowsAsync<GuestSourceException>(async () => await sources.TryOpenAsync(OwnProcess.Guest(_monitor.Path), _notes, default));
        Assert.Equal((GuestSourceFault.Busy, 0), (refused.Fault, _monitor.Clients));
    }

    [Fact]
    public async Task A_socket_that_never_answers_costs_two_seconds_and_is_not_asked_again_until_it_does()
    {
        var late = "";
        await using var source = await OpenAsync();
        _monitor.Answer = command => command == "query-migrate" && late.Length == 0 ? null : FakeMonitor.Defaults(command);
        var asked = source.SampleAsync(default).AsTask();
        Assert.True(Wait.Until(() => _monitor.Commands.Contains("query-migrate")));
        _clock.Advance(TimeSpan.FromSeconds(2));
        var silent = await Assert.ThrowsAsync<GuestSourceException>(() => asked);
        Assert.Contains("did not answer query-migrate in 2 s", silent.Message, StringComparison.Ordinal);
        _clock.Advance(TimeSpan.FromSeconds(3));
        var hangs = await Assert.ThrowsAsync<GuestSourceException>(async () => await source.SampleAsync(default));
        Assert.Contains("has not answered for 5 s", hangs.Message, StringComparison.Ordinal);
        Assert.Equal(1, _monitor.Commands.Count(static c => c == "query-migrate"));
        late = "now";
        _monitor.Say("""{"return": {"status": "active"}, "id": 3}""");
        Assert.True(Wait.Until(() => Answers(source)));
        Assert.False(_notes.Saw(SourceEventKind.Lost));
    }

    [Fact]
    public async Task Who_gives_up_waiting_leaves_the_next_one_its_own_answer()
    {
        await using var source = await OpenAsync();
        _monitor.Answer = static command => command == "query-migrate" ? null : FakeMonitor.Defaults(command);
        using var cancelled = new CancellationTokenSource();
        var asked = source.SampleAsync(cancelled.Token).AsTask();
        Assert.True(Wait.Until(() => _monitor.Commands.Contains("query-migrate")));
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
        _monitor.Answer = static command => command == "query-migrate" ? """{"return": {"status": "failed"}, "id": 3}""" + "\r\n" + Active : FakeMonitor.Defaults(command);
        Assert.Equal(MigrationPhase.Active, (await source.SampleAsync(default)).Phase);
    }

    [Theory]
    [InlineData("hello\r\n", "sent what is not JSON")]
    [InlineData("{\"return\": {\"status\": \"act\r\n", "sent what is not JSON")]
    [InlineData("[{}]\r\n", "sent what is not JSON")]
    public async Task Garbage_ends_the_conversation(string garbage, string why)
    {
        await using var source = await OpenAsync();
        _monitor.Send(System.Text.Encoding.UTF8.GetBytes(garbage));
        Assert.True(Wait.Until(() => _notes.Saw(SourceEventKind.Lost)));
        Assert.Contains(why, _notes.Events[0].Reason, StringComparison.Ordinal);
        var refused = await Assert.ThrowsAsync<GuestSourceException>(async () => await source.SampleAsync(default));
        Assert.Equal(GuestSourceFault.Absent, refused.Fault);
    }

    [Fact]
    public async Task More_than_a_mebibyte_ends_the_conversation()
    {
        await using var source = await OpenAsync();
        _monitor.Send("{\"return\": \""u8);
        var piece = new byte[100_000];
        Array.Fill(piece, (byte)'x');
        var sending = Task.Run(() =>
        {
            try
            {
                for (var i = 0; i < 20; i++) _monitor.Send(piece);
            }
            catch (System.Net.Sockets.SocketException)
            {
                // As it should.
            }
        });
        Assert.True(Wait.Until(() => _notes.Saw(SourceEventKind.Lost)));
        Assert.Contains("more than 1 MiB", _notes.Events[0].Reason, StringComparison.Ordinal);
        await sending;
    }

    [Fact]
    public async Task An_answer_that_makes_no_sense_is_told_and_the_conversation_goes_on()
    {
        await using var source = await OpenAsync();
        _monitor.Answer = static command => command == "query-migrate" ? """{"return": {"ram": {"total": "much"}}, "id": ID}""" : FakeMonitor.Defaults(command);
        var refused = await Assert.ThrowsAsync<GuestSourceException>(async () => await source.SampleAsync(default));
        Assert.Contains("to query-migrate: ram.total: expected a number of bytes, found \"much\"", refused.Message, StringComparison.Ordinal);
        _monitor.Answer = FakeMonitor.Defaults;
        Assert.Equal(MigrationPhase.None, (await source.SampleAsync(default)).Phase);
    }

    [Fact]
    public async Task A_lost_monitor_is_connected_to_again()
    {
        await using var source = await OpenAsync();
        _monitor.HangUp();
        Assert.True(Wait.Until(() => _notes.Saw(SourceEventKind.Lost)));
        Assert.True(Wait.Until(() =>
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            return _notes.Saw(SourceEventKind.Look);
        }));
        Assert.Equal(2, _monitor.Clients);
        Assert.Equal(MigrationPhase.None, (await source.SampleAsync(default)).Phase);
    }

    [Fact]
    public async Task A_lost_monitor_that_somebody_else_holds_is_given_up()
    {
        await using var source = await OpenAsync();
        _monitor.HangUp();
        Assert.True(Wait.Until(() => _notes.Saw(SourceEventKind.Lost)));
        await using var other = await OpenAsync();
        Assert.True(Wait.Until(() =>
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            return _notes.Saw(SourceEventKind.GivenUp);
        }));
        Assert.StartsWith("another client", _notes.Events[^1].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_several_monitors_one_that_may_be_free_later_is_asked_again()
    {
        using var held = new FakeMonitor();
        await using var first = await Sources().TryOpenAsync(OwnProcess.Guest(held.Path), _notes, default);
        var refused = await Assert.ThrowsAsync<GuestSourceException>(async () => await Sources().TryOpenAsync(OwnProcess.Guest("/nowhere.qmp", held.Path), _notes, default));
        Assert.Equal(GuestSourceFault.Absent, refused.Fault);
        Assert.StartsWith("another client holds the monitor", refused.Message, StringComparison.Ordinal);
        var all = await Assert.ThrowsAsync<GuestSourceException>(async () => await Sources().TryOpenAsync(OwnProcess.Guest() with { QmpSockets = [held.Path, held.Path] }, _notes, default));
        Assert.Equal(GuestSourceFault.Unsupported, all.Fault);
    }

    [Fact]
    public async Task A_guest_that_tells_nothing_is_looked_at_and_one_that_tells_is_not()
    {
        var status = """{"return": {}, "id": ID}""";
        _monitor.Answer = command => command switch
        {
            "query-migrate-capabilities" => """{"return": [{"state": false, "capability": "events"}], "id": ID}""",
            "query-migrate" => status,
            _ => FakeMonitor.Defaults(command),
        };
        await using (await OpenAsync())
        {
            status = Active;
            Assert.True(Wait.Until(() =>
            {
                _clock.Advance(QmpSource.Look);
                return _notes.Saw(SourceEventKind.Look);
            }));
        }

        using var telling = new FakeMonitor();
        await using var quiet = await Sources().TryOpenAsync(OwnProcess.Guest(telling.Path), _notes, default);
        _clock.Advance(10 * QmpSource.Look);
        Assert.DoesNotContain("query-migrate", telling.Commands);
        Assert.DoesNotContain("migrate-set-capabilities", _monitor.Commands);
    }

    [Fact]
    public async Task Blockers_are_read()
    {
        _monitor.Answer = static command => command == "query-migrate" ? """{"return": {"blocked-reasons": ["a", "b"]}, "id": ID}""" : FakeMonitor.Defaults(command);
        await using var source = await OpenAsync();
        Assert.Equal(["a", "b"], await source.BlockersAsync(default));
    }

    private QmpSources Sources() => new(HostPaths.Default, _clock, NullLogger.Instance, TimeSpan.Zero);

    private async Task<IGuestSource> OpenAsync() => (await Sources().TryOpenAsync(OwnProcess.Guest(_monitor.Path), _notes, default))!;

    private static bool Answers(IGuestSource source)
    {
        try
        {
            return source.SampleAsync(default).AsTask().GetAwaiter().GetResult().Phase == MigrationPhase.None;
        }
        catch (GuestSourceException)
        {
            return false;
        }
    }
}
