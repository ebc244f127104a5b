using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using NodeAgent.Metrics;
using NodeAgent.Metrics.Migration;
using NodeAgent.Migration.History;
using NodeAgent.Tests.Support;
using NodeAgent.Tests.Unit.Metrics;
using NodeAgent.Verdicts;
using Xunit;

namespace NodeAgent.Tests.Unit.Migration.History;

/// <summary>The history over real files, with its thread.</summary>
public sealed class MigrationHistoryTests : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly string _folder = Directory.CreateTempSubdirectory("nodeagent-history-").FullName;

    private string File => Path.Combine(_folder, RecordFile.FileName);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_ended_is_read_back_by_the_next_process_newest_first()
    {
        var random = new Random(7);
        var records = Enumerable.Range(0, 50).Select(i => Records.Random(random, $"m{i}")).ToList();
        using (var history = Open())
        {
            foreach (var record in records) history.Ended(record);
            Assert.True(history.Flush(s_patience));
            Assert.Equal(0, history.Unwritten);
            Assert.Equal(records.AsEnumerable().Reverse().Select(Records.Line), history.Newest(null, 100).Select(Records.Line));
        }

        using var next = Open();
        Assert.Equal(records.AsEnumerable().Reverse().Select(Records.Line), next.Newest(null, 100).Select(Records.Line));
    }

    [Fact]
    public void A_guest_or_a_number_can_be_asked_for()
    {
        using var history = Open();
        for (var i = 0; i < 10; i++) history.Ended(Records.Record(i, i % 2 == 0 ? "AA-0" : "bb-1"));
        Assert.True(history.Flush(s_patience));
        Assert.Equal(["m8", "m6", "m4"], history.Newest("aa-0", 3).Select(static r => r.Id));
        Assert.Equal(["m9"], history.Newest(null, 1).Select(static r => r.Id));
        Assert.Empty(history.Newest("cc", 10));
        Assert.Empty(history.Newest(null, 0));
    }

    [Fact]
    public void A_disk_that_refuses_is_a_problem_of_the_node_until_it_takes_what_there_is()
    {
        System.IO.File.WriteAllText(Path.Combine(_folder, "state"), "in the way");
        var (board, registry) = (new VerdictBoard(TimeProvider.System), new MetricRegistry());
        using var history = new MigrationHistory(new HistoryFolder(Path.Combine(_folder, "state")), 10, 1 << 20, "boot", NullLogger.Instance);
        HistoryVerdict.Tell(history, board);
        HistoryMetrics.Add(registry, history);
        history.Ended(Records.Record(1));
        Assert.True(Wait.Until(() => board.Of(VerdictKind.MigrationHistory).Count == 1));
        var verdict = board.Of(VerdictKind.MigrationHistory)[0];
        Assert.Equal((Severity.Warning, "not written"), (verdict.Severity, verdict.State));
        Assert.StartsWith("migration-history cannot be written: ", verdict.Sentence, StringComparison.Ordinal);
        Assert.Contains("nodeagent_migration_history_writable 0\nnodeagent", Lines(registry), StringComparison.Ordinal);
        Assert.Contains("nodeagent_migration_history_unwritten 1\n", Lines(registry), StringComparison.Ordinal);

        System.IO.File.Delete(Path.Combine(_folder, "state"));
        history.Dispose();
        Assert.Empty(board.Of(VerdictKind.MigrationHistory));
        Assert.Contains("nodeagent_migration_history_writable 1\nnodeagent", Lines(registry), StringComparison.Ordinal);
        Assert.Contains("nodeagent_migration_history_unwritten 0\n", Lines(registry), StringComparison.Ordinal);
    }

    [Fact]
    public void A_clock_that_steps_back_changes_no_order()
    {
        using (var history = Open())
        {
            history.Ended(Records.Record(1000));
            history.Ended(Records.Record(5));
            history.Ended(Records.Record(2000));
        }

        using var next = Open();
        Assert.Equal(["m2000", "m5", "m1000"], Records.Ids(next));
    }

    [Fact]
    public void What_is_asked_for_while_the_disk_hangs_is_told_at_once_and_without_what_is_not_written()
    {
        using var folder = new HangingFolder(_folder);
        using var history = new MigrationHistory(folder, 10, 1 << 20, "boot", NullLogger.Instance);
        history.Ended(Records.Record(1));
        Assert.True(history.Flush(s_patience));
        folder.Hangs = true;
        history.Ended(Records.Record(2));
        Assert.True(Wait.Until(() => folder.IsHanging));
        for (var i = 3; i < 100; i++) history.Ended(Records.Record(i));
        Assert.Equal(["m1"], Records.Ids(history));
        Assert.InRange(history.Unwritten, 10, 11);
        folder.Hangs = false;
        Assert.True(Wait.Until(() => history.Unwritten == 0));
        Assert.Equal("m99", history.Newest(null, 1)[0].Id);
    }

    [Fact]
    public void A_disk_that_refuses_hides_nothing_is_said_once_and_tried_again()
    {
        // A file in the folder's place, whoever asks.
        var folder = Path.Combine(_folder, "state");
        System.IO.File.WriteAllText(folder, "");
        var log = new ListLog();
        using (var history = new MigrationHistory(new HistoryFolder(folder), 10, 1 << 20, "boot", log))
        {
            history.Ended(Records.Record(1));
            Assert.True(history.Flush(s_patience));
            Assert.True(Wait.Until(() => history.Newest(null, 10).Count == 1));
            history.Ended(Records.Record(2));
            Assert.Equal(["m2", "m1"], Records.Ids(history));
            Assert.Equal(2, history.Unwritten);
            System.IO.File.Delete(folder);
        }

        Assert.Single(log.Ids(), static id => id == 2086);
        using var next = new MigrationHistory(new HistoryFolder(folder), 10, 1 << 20, "boot", NullLogger.Instance);
        Assert.Equal(["m2", "m1"], Records.Ids(next));
    }

    [Fact]
    public void A_last_line_cut_short_at_any_byte_is_left_out_and_written_over()
    {
        using (var history = Open())
        {
            history.Ended(Records.Record(1));
            history.Ended(Records.Record(2));
        }

        var whole = System.IO.File.ReadAllBytes(File);
        var first = whole.AsSpan().IndexOf((byte)'\n') + 1;
        for (var length = 0; length <= whole.Length; length++)
        {
            var folder = new MemoryFolder { [RecordFile.FileName] = whole[..length] };
            var history = Quiet(folder);
            var lines = whole.AsSpan(first, Math.Max(0, length - first)).Count((byte)'\n');
            // The newline alone may be missing.
            if (length > first && whole[length - 1] == '}' && (length == whole.Length || whole[length] == '\n')) lines++;
            Assert.Equal(lines, history.Newest(null, 10).Count);
            history.Ended(Records.Record(3));
            history.Write();
            Assert.Equal(lines + 1, Quiet(folder).Newest(null, 10).Count);
            Assert.Equal("m3", Quiet(folder).Newest(null, 10)[0].Id);
            Assert.DoesNotContain(folder.Names, static n => n.EndsWith(".bad", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Damage_costs_the_lines_it_is_in_and_the_file_as_it_was_is_kept()
    {
        using (var history = Open()) Fill(history, 5);
        var bytes = System.IO.File.ReadAllBytes(File);
        var text = Encoding.UTF8.GetString(bytes);
        bytes[text.IndexOf("\"m2\"", StringComparison.Ordinal)] = 0;
        System.IO.File.WriteAllBytes(File, bytes);
        var log = new ListLog();
        using (var next = new MigrationHistory(new HistoryFolder(_folder), 10, 1 << 20, "boot", log))
        {
            Assert.True(next.Flush(s_patience));
            Assert.Equal(["m4", "m3", "m1", "m0"], Records.Ids(next));
        }

        Assert.Equal([2080], log.Ids());
        Assert.Equal(bytes, System.IO.File.ReadAllBytes(File + ".bad"));
        log.Clear();
        using var third = new MigrationHistory(new HistoryFolder(_folder), 10, 1 << 20, "boot", log);
        Assert.Equal(["m4", "m3", "m1", "m0"], Records.Ids(third));
        Assert.Empty(log.Ids());
    }

    [Fact]
    public void A_file_of_a_newer_agent_is_named_and_moved_but_never_changed()
    {
        const string Newer = "{\"format\":2}\n{\"another\":\"shape\"}\n";
        System.IO.File.WriteAllText(File, Newer);
        var log = new ListLog();
        for (var i = 1; i < 3; i++)
        {
            using var history = new MigrationHistory(new HistoryFolder(_folder), 10, 1 << 20, "boot", log);
            Assert.Empty(history.Newest(null, 10));
            history.Ended(Records.Record(i));
            Assert.True(history.Flush(s_patience));
            System.IO.File.WriteAllText(File, Newer);
        }

        Assert.Equal([2084, 2085, 2084, 2085], log.Ids());
        Assert.Contains("format is 2, this one reads 1", log.Texts()[0], StringComparison.Ordinal);
        Assert.Equal(Newer, System.IO.File.ReadAllText(File + ".v2"));
        Assert.Equal(Newer, System.IO.File.ReadAllText(File + ".v2.1"));
    }

    [Fact]
    public void Records_and_bytes_are_bounded_in_memory_and_on_the_disk()
    {
        using (var history = Open(kept: 10))
        {
            for (var i = 0; i < 200; i += 5)
            {
                Fill(history, 5, i);
                Assert.True(history.Flush(s_patience));
                Assert.InRange(System.IO.File.ReadAllLines(File).Length, 1, 21);
            }

            Assert.Equal(Enumerable.Range(190, 10).Reverse().Select(static i => $"m{i}"), Records.Ids(history));
        }

        var large = Records.Record(0) with { Reason = new string('x', 4000) };
        var memory = new MemoryFolder();
        var few = new MigrationHistory(memory, 1000, 100_000, "boot", NullLogger.Instance, threaded: false);
        for (var i = 0; i < 200; i++)
        {
            few.Ended(large with { Id = $"m{i}" });
            few.Write();
            Assert.InRange(memory[RecordFile.FileName]!.Length, 1, 210_000);
        }

        Assert.InRange(few.Newest(null, 1000).Count, 5, 25);
        Assert.Equal("m199", few.Newest(null, 1)[0].Id);
    }

    [Fact]
    public void A_smaller_bound_takes_hold_at_the_next_start()
    {
        using (var history = Open(kept: 100)) Fill(history, 60);
        using (var history = Open(kept: 10))
        {
            Assert.Equal(10, history.Newest(null, 100).Count);
            Fill(history, 1, 60);
        }

        Assert.InRange(System.IO.File.ReadAllLines(File).Length, 1, 21);
    }

    [Fact]
    public void A_file_that_was_taken_away_is_written_anew_from_memory()
    {
        using (var history = Open())
        {
            Fill(history, 3);
            Assert.True(history.Flush(s_patience));
            System.IO.File.Delete(File);
            Fill(history, 1, 3);
        }

        using var next = Open();
        Assert.Equal(["m3", "m2", "m1", "m0"], Records.Ids(next));
    }

    [Fact]
    public void A_full_disk_costs_nothing_once_there_is_room_again()
    {
        var folder = new MemoryFolder();
        var history = Quiet(folder);
        Fill(history, 2);
        history.Write();
        folder.IsFull = true;
        for (var i = 2; i < 5; i++)
        {
            Fill(history, 1, i);
            Assert.Throws<IOException>(history.Write);
            if (i == 2) Assert.Equal(["m1", "m0"], Records.Ids(Quiet(folder)));
        }

        Assert.Equal(5, history.Newest(null, 10).Count);
        folder.IsFull = false;
        history.Write();
        Assert.Equal(["m4", "m3", "m2", "m1", "m0"], Records.Ids(Quiet(folder)));
        Assert.Equal(0, history.Unwritten);
    }

    private static MigrationHistory Quiet(MemoryFolder folder) => new(folder, 10, 1 << 20, "boot", NullLogger.Instance, threaded: false);

    private static void Fill(MigrationHistory history, int count, int from = 0)
    {
        for (var i = from; i < from + count; i++) history.Ended(Records.Record(i));
    }

    private MigrationHistory Open(int kept = 100) => new(new HistoryFolder(_folder), kept, 1 << 20, "boot", NullLogger.Instance);

    private static string Lines(MetricRegistry registry) => string.Join('\n', Exposed.Text(registry).Split('\n').Where(static line => !line.StartsWith('#'))) + "\n";
}
