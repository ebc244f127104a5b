using Microsoft.Extensions.Logging.Abstractions;
using NodeAgent.Migration.History;
using NodeAgent.Migration.Model;
using NodeAgent.Migration.Store;
using Xunit;

namespace NodeAgent.Tests.Unit.Migration.History;

/// <summary>What is known of migrations under way, over a restart of the agent.</summary>
public sealed class OpenMigrationsTests
{
    private readonly MemoryFolder _folder = new();

    [Fact]
    public void One_under_way_is_taken_up_with_its_id_start_passes_verdicts_phases_and_counters()
    {
        var history = Open();
        var status = Records.Status("a");
        Tell(history, status, MigrationEventKind.Started, 0);
        history.Write();
        Tell(history, status, MigrationEventKind.Pass, 10, 1);
        history.Write();
        Tell(history, status with { Forecast = status.Forecast with { Verdict = MigrationVerdict.Stagnating }, Sample = default, Peer = null }, MigrationEventKind.Verdict, 11);
        Tell(history, status with { Forecast = status.Forecast with { Verdict = MigrationVerdict.Stagnating }, Phase = MigrationPhase.Device }, MigrationEventKind.Pass, 12, 2);
        history.Write();

        var open = Open().TryResume(status.Guest.Process, Records.Uuid, MigrationDirection.Outgoing)!;
        Assert.Equal((status.Guest.Process, MigrationPhase.Device, "a", Records.Start), (open.Process, open.Phase, open.SoFar.Id, open.SoFar.Started));
        Assert.Equal([1, 2], open.SoFar.PassList.Select(static p => p.Pass.Number));
        Assert.Equal(new TimedPass(Records.Start.AddSeconds(10), new MigrationPass(1, 1.5, 100, 200, 300, 0)), open.SoFar.PassList[0]);
        Assert.Equal([new TimedVerdict(Records.Start, MigrationVerdict.Converging), new TimedVerdict(Records.Start.AddSeconds(11), MigrationVerdict.Stagnating)], open.SoFar.Verdicts);
        Assert.Equal([new TimedPhase(Records.Start, MigrationPhase.Active), new TimedPhase(Records.Start.AddSeconds(12), MigrationPhase.Device)], open.SoFar.Phases);
        Assert.Equal(("shop", "db", "10.0.0.2", GuestSourceKind.Qmp), (open.SoFar.Namespace, open.SoFar.Name, open.SoFar.Peer, open.SoFar.Source));
        Assert.Equal((4L << 30, 300L, 2L, 100.0, 5.0, 20), (open.SoFar.MemoryBytes, open.SoFar.TransferredBytes, open.SoFar.Passes, open.SoFar.BytesPerSecond, open.SoFar.DirtyBytesPerSecond, open.SoFar.ThrottlePercent));
    }

    [Fact]
    public void It_is_given_away_once_and_to_its_own_process_alone()
    {
        Started("a", 100);
        Started("b", 101, MigrationDirection.Incoming);
        var next = Open();
        Assert.Null(next.TryResume(new GuestProcess(100, 7778), Records.Uuid, MigrationDirection.Outgoing));
        Assert.Null(next.TryResume(new GuestProcess(102, 7777), Records.Uuid, MigrationDirection.Outgoing));
        Assert.Null(next.TryResume(new GuestProcess(100, 7777), "another", MigrationDirection.Outgoing));
        Assert.Null(next.TryResume(new GuestProcess(100, 7777), Records.Uuid, MigrationDirection.Incoming));
        Assert.Equal("b", next.TryResume(new GuestProcess(101, 7777), Records.Uuid, MigrationDirection.Incoming)!.SoFar.Id);
        Assert.Null(next.TryResume(new GuestProcess(101, 7777), Records.Uuid, MigrationDirection.Incoming));
        Assert.Equal("a", next.TryResume(new GuestProcess(100, 7777), Records.Uuid, MigrationDirection.Outgoing)!.SoFar.Id);
    }

    [Fact]
    public void One_that_was_taken_up_goes_on_over_further_restarts_and_ends_under_its_id()
    {
        Started("a");
        for (var i = 1; i < 4; i++)
        {
            var history = Open();
            Assert.NotNull(history.TryResume(new GuestProcess(100, 7777), Records.Uuid, MigrationDirection.Outgoing));
            Tell(history, Records.Status("a"), MigrationEventKind.Started, 10 * i);
            Tell(history, Records.Status("a"), MigrationEventKind.Pass, (10 * i) + 1, i);
            history.Write();
        }

        var last = Open();
        var open = last.TryResume(new GuestProcess(100, 7777), Records.Uuid, MigrationDirection.Outgoing)!;
        Assert.Equal([1, 2, 3], open.SoFar.PassList.Select(static p => p.Pass.Number));
        Assert.Single(open.SoFar.Verdicts);
        last.Ended(Records.Record(0) with { Id = "a" });
        last.Write();
        var after = Open();
        Assert.Equal(["a"], Records.Ids(after));
        Assert.Null(after.TryResume(new GuestProcess(100, 7777), Records.Uuid, MigrationDirection.Outgoing));
        Assert.Empty(after.EndedUnseen(new HashSet<GuestProcess>()));
        after.Write();
        Assert.Equal(["a"], Records.Ids(Open()));
    }

    [Fact]
    public void One_whose_process_is_gone_ended_unknown_and_why_is_said()
    {
        Started("a", 100);
        Started("b", 101);
        var log = new ListLog();
        var next = new MigrationHistory(_folder, 10, 1 << 20, "boot", log, threaded: false);
        foreach (var unseen in next.EndedUnseen(new HashSet<GuestProcess> { new(101, 7777) })) next.Ended(unseen);
        Assert.Empty(next.Newest(null, 10));
        next.Write();
        var record = Assert.Single(next.Newest(null, 10));
        Assert.Equal(("a", MigrationOutcome.Unknown, Records.Start.AddSeconds(1)), (record.Id, record.Outcome, record.Ended));
        Assert.Equal("QEMU (pid 100) ended while the agent was not running; last heard of at 2026-11-20T12:00:01Z: active, pass 2", record.Reason);
        Assert.Equal([1], record.PassList.Select(static p => p.Pass.Number));
        Assert.Equal([MigrationPhase.Active], record.Phases.Select(static p => p.Phase));
        Assert.Empty(log.Ids());

        var third = Open();
        Assert.Empty(third.EndedUnseen(new HashSet<GuestProcess> { new(101, 7777) }));
        third.Write();
        Assert.Equal(["a"], Records.Ids(third));
        Assert.Equal("b", third.TryResume(new GuestProcess(101, 7777), Records.Uuid, MigrationDirection.Outgoing)!.SoFar.Id);
    }

    [Fact]
    public void After_a_restart_of_the_node_no_process_is_the_one_that_was()
    {
        Started("a");
        var next = Open("another boot");
        Assert.Null(next.TryResume(new GuestProcess(100, 7777), Records.Uuid, MigrationDirection.Outgoing));
        var unseen = Assert.Single(next.EndedUnseen(new HashSet<GuestProcess> { new(100, 7777) }));
        Assert.StartsWith("the node was restarted; last heard of at ", unseen.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_told_of_one_that_ended_does_not_bring_it_back()
    {
        var history = Open();
        var status = Records.Status("a");
        Tell(history, status, MigrationEventKind.Started, 0);
        Tell(history, status with { Ended = Records.Start }, MigrationEventKind.Ended, 1);
        history.Ended(Records.Record(0) with { Id = "a" });
        history.Write();
        Tell(history, status with { Ended = Records.Start }, MigrationEventKind.Verdict, 2);
        history.Write();
        Assert.Null(Open().TryResume(status.Guest.Process, Records.Uuid, MigrationDirection.Outgoing));
    }

    [Fact]
    public void It_is_not_forgotten_before_its_record_is_on_the_disk()
    {
        var history = Started("a");
        _folder.IsFull = true;
        history.Ended(Records.Record(0) with { Id = "a" });
        Assert.Throws<IOException>(history.Write);
        Assert.NotNull(Open().TryResume(new GuestProcess(100, 7777), Records.Uuid, MigrationDirection.Outgoing));
        _folder.IsFull = false;
        history.Write();
        Assert.Null(Open().TryResume(new GuestProcess(100, 7777), Records.Uuid, MigrationDirection.Outgoing));
    }

    [Fact]
    public void The_file_stays_small_however_much_happens()
    {
        var history = Open();
        var status = Records.Status("steady");
        Tell(history, status, MigrationEventKind.Started, 0);
        var largest = 0;
        for (var i = 0; i < 3000; i++)
        {
            Tell(history, status, MigrationEventKind.Pass, i, i);
            Tell(history, Records.Status($"m{i}", 1000 + i), MigrationEventKind.Started, i);
            history.Ended(Records.Record(i));
            history.Write();
            largest = Math.Max(largest, _folder[OpenFile.FileName]!.Length);
        }

        // A thousand passes of 220 bytes twice, and what is written before it is looked at.
        Assert.InRange(largest, 1, 600_000);
        var open = Open().TryResume(status.Guest.Process, Records.Uuid, MigrationDirection.Outgoing)!;
        Assert.Equal(Enumerable.Range(2000, 1000).Select(static i => (long)i), open.SoFar.PassList.Select(static p => p.Pass.Number));
    }

    [Fact]
    public void More_than_can_be_remembered_are_said_once_and_their_ends_are_kept_all_the_same()
    {
        var log = new ListLog();
        var history = new MigrationHistory(_folder, 10, 1 << 20, "boot", log, threaded: false);
        for (var i = 0; i < OpenFile.Most + 10; i++) Tell(history, Records.Status($"m{i}", i), MigrationEventKind.Started, 0);
        Assert.Equal([2088], log.Ids());
        history.Ended(Records.Record(OpenFile.Most + 5));
        history.Write();
        Assert.Single(history.Newest(null, 10));
    }

    private MigrationHistory Open(string boot = "boot") => new(_folder, 10, 1 << 20, boot, NullLogger.Instance, threaded: false);

    private MigrationHistory Started(string id, int pid = 100, MigrationDirection direction = MigrationDirection.Outgoing)
    {
        var history = Open();
        var status = Records.Status(id, pid, direction);
        Tell(history, status, MigrationEventKind.Started, 0);
        Tell(history, status, MigrationEventKind.Pass, 1, 1);
        history.Write();
        return history;
    }

    private static void Tell(MigrationHistory history, in MigrationStatus status, MigrationEventKind kind, int second, long pass = 0) => history.Happened(Records.Event(status, kind, second, pass), status);
}
