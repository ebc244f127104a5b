using Google.Protobuf.WellKnownTypes;
using NodeAgent.Api.V1;
using NodeAgent.Cli;
using NodeAgent.Cli.Migration;
using Xunit;
using static NodeAgent.Tests.Unit.Cli.Migration.MigrationMaker;

namespace NodeAgent.Tests.Unit.Cli.Migration;

/// <summary>What a watch makes of an agent's messages.</summary>
public sealed class WatchTests
{
    [Fact]
    public void Each_event_is_told_once_also_by_an_agent_that_was_restarted()
    {
        var replica = new MigrationReplica();
        var first = replica.Take(Message(1, 5, full: true, Started(1), Closed(2, 1), Judged(3, ForecastVerdict.Converging, 9)))!;
        Assert.True(first.First);
        Assert.Equal(3, first.Events.Count);
        Assert.Single(replica.Take(Message(1, 6, full: false, Closed(4, 2)))!.Events);

        // Another process: its sequence begins anew, and it remembers all but a verdict's exact sequence.
        var again = replica.Take(Message(2, 1, full: true, Started(1), Closed(2, 1), Closed(3, 2), Judged(4, ForecastVerdict.Converging, 9), Judged(5, ForecastVerdict.Slow, 2), Closed(6, 3)))!;
        Assert.Equal([MigrationEvent.EventOneofCase.Verdict, MigrationEvent.EventOneofCase.Pass], again.Events.Select(static e => e.EventCase));
        Assert.Equal((2L, 1L), (replica.Epoch, replica.Version));
    }

    [Fact]
    public void A_state_in_several_messages_is_complete_with_the_last()
    {
        var replica = new MigrationReplica();
        var part = Message(7, 3, full: true, Started(1));
        part.More = true;
        Assert.Null(replica.Take(part));
        Assert.False(replica.Started);
        var rest = new WatchMigrationsResponse { Epoch = 7, Version = 3, Changed = { Stuck() } };
        Assert.Equal(2, replica.Take(rest)!.Changed.Count);
        Assert.Equal(2, replica.Migrations.Count);
        Assert.Null(replica.Take(new WatchMigrationsResponse { Epoch = 7, Version = 3, Heartbeat = true }));
        replica.Take(new WatchMigrationsResponse { Epoch = 7, Version = 4, Removed = { "m-db-1" } });
        Assert.Equal(["m-web-7"], replica.Migrations.Select(static m => m.Id));
        replica.Take(new WatchMigrationsResponse { Epoch = 7, Version = 9, FullState = true });
        Assert.Empty(replica.Migrations);
    }

    [Fact]
    public void Two_words_of_QEMU_for_one_phase_are_two_events()
    {
        var replica = new MigrationReplica();
        MigrationEvent[] events = [.. new[] { "pre-switchover", "device" }.Select(static (word, i) => Event("m-web-7", i + 1, 5, e => (e.Phase, e.RawStatus) = (MigrationPhase.Switchover, word)))];
        Assert.Equal(2, replica.Take(Message(1, 5, full: true, events))!.Events.Count);
        Assert.Empty(replica.Take(Message(2, 1, full: true, events))!.Events);
    }

    [Fact]
    public void Events_are_lines()
    {
        var migration = Stuck();
        string?[] lines =
        [
            WatchLines.Text(Event("m", 1, 0, static e => e.Started = new MigrationStarted()), migration, default),
            WatchLines.Text(Event("m", 1, 0, static e => e.Started = new MigrationStarted { FoundUnderWay = true }), Incoming(), default),
            WatchLines.Text(Event("m", 2, 0, static e => e.Phase = MigrationPhase.Precopy), migration, default),
            WatchLines.Text(Event("m", 3, 0, static e => e.Pass = Pass(3, 2.44, 40, 42, 20)), migration, default),
            WatchLines.Text(Event("m", 3, 0, static e => (e.Phase, e.RawStatus) = (MigrationPhase.Switchover, "pre-switchover")), migration, default),
            WatchLines.Text(Event("m", 3, 0, static e => (e.Phase, e.RawStatus) = (MigrationPhase.Switchover, "device")), migration, default),
            WatchLines.Text(Event("m", 3, 0, static e => (e.Phase, e.RawStatus) = (MigrationPhase.Cancelling, "cancelling")), migration, default),
            WatchLines.Text(Event("m", 4, 0, static e => e.Verdict = ForecastVerdict.Stagnating), migration, default),
            WatchLines.Text(Event("m", 5, 0, static e => e.Verdict = ForecastVerdict.WillNotConverge), migration, default),
            WatchLines.Text(Event("m", 6, 0, static e => e.Verdict = ForecastVerdict.Done), migration, default),
            WatchLines.Text(Event("m", 7, 0, static e => e.Ended = MigrationPhase.Completed), Ended("api-2", MigrationPhase.Completed), default),
        ];
        Golden.Check("watch-lines.txt", string.Join('\n', lines.Select(static l => l ?? "(nothing)")) + "\n");
    }

    [Fact]
    public void Events_and_samples_are_objects_with_stable_names()
    {
        var output = new StringWriter();
        foreach (var verdict in System.Enum.GetValues<ForecastVerdict>().Where(static v => v != ForecastVerdict.Unspecified)) NodeText.WriteLine(output, WatchLines.Json(Event("m-web-7", 1, 0, e => e.Verdict = verdict), Converging()));
        NodeText.WriteLine(output, WatchLines.Json(Event("m-web-7", 2, 0, static e => e.Started = new MigrationStarted()), Converging()));
        NodeText.WriteLine(output, WatchLines.Json(Event("m-web-7", 3, 0, static e => (e.Phase, e.RawStatus) = (MigrationPhase.Switchover, "device")), Converging()));
        NodeText.WriteLine(output, WatchLines.Json(Event("m-web-7", 4, 0, static e => e.Pass = Pass(3, 2.44, 40, 42)), Converging()));
        NodeText.WriteLine(output, WatchLines.Json(Event("m-web-7", 5, 0, static e => e.Ended = MigrationPhase.Completed), Converging()));
        NodeText.WriteLine(output, WatchLines.Json(Stuck(), Now));
        NodeText.WriteLine(output, WatchLines.Json(Incoming(), Now));
        Golden.Check("watch.json", output.ToString());
    }

    [Fact]
    public void A_screen_is_drawn_in_place_and_given_back()
    {
        var output = new StringWriter { NewLine = "\n" };
        using (var screen = new LiveScreen(output))
        {
            screen.Draw(["one", "two"], 80, 24);
            screen.Draw(["three"], 80, 24);
            screen.Draw(["three"], 60, 24);
        }

        Assert.Equal(
            "\e[?1049h\e[?25l\e[?7l"
            + "\e[?2026h\e[2J\e[Hone\e[K\r\ntwo\e[K\e[J\e[?2026l"
            + "\e[?2026h\e[Hthree\e[K\e[J\e[?2026l"
            + "\e[?2026h\e[2J\e[Hthree\e[K\e[J\e[?2026l"
            + "\e[?7h\e[?25h\e[?1049lthree\n",
            output.ToString());
    }

    private static MigrationEvent Started(long sequence) => Event("m-web-7", sequence, 12, static e => e.Started = new MigrationStarted());

    private static MigrationEvent Closed(long sequence, uint pass) => Event("m-web-7", sequence, 10 - pass, e => e.Pass = Pass(pass, 2, 40, 40));

    private static MigrationEvent Judged(long sequence, ForecastVerdict verdict, double ago) => Event("m-web-7", sequence, ago, e => e.Verdict = verdict);

    private static WatchMigrationsResponse Message(long epoch, long version, bool full, params MigrationEvent[] events) =>
        new() { Epoch = epoch, Version = version, FullState = full, Time = Now.ToTimestamp(), Changed = { Converging() }, Events = { events } };
}
