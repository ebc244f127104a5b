using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using NodeAgent.Migration.History;
using NodeAgent.Migration.Model;
using NodeAgent.Migration.Store;
using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Kernel.Migration.History;

/// <summary>The history on real disks that are full, cannot be written, or whose agent is killed.</summary>
public sealed class HistoryDiskTests : IDisposable
{
    private static readonly DateTimeOffset s_start = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("nodeagent-history-").FullName;
    private bool _mounted;

    public void Dispose()
    {
        if (_mounted) Command.Run("umount", _folder);
        Directory.Delete(_folder, recursive: true);
    }

    [SkippableFact]
    public void A_full_disk_costs_nothing_once_there_is_room_again()
    {
        Mount("size=256k");
        var history = Open();
        End(history, 0, 3);
        history.Write();
        Fill();
        // More than is left of a page that the file has already.
        for (var i = 3; i < 40; i++) history.Ended(Record(i));
        Assert.Throws<IOException>(history.Write);
        Assert.Throws<IOException>(history.Write);
        Assert.Equal(40, history.Newest(null, 100).Count);
        Assert.Equal(37, history.Unwritten);
        // Of what was not reported as written, whole lines may be there, and in their order.
        Assert.Equal(Ids(0, Open().Newest(null, 100).Count), Open().Newest(null, 100).Select(static r => r.Id));
        File.Delete(Path.Combine(_folder, "ballast"));
        history.Write();
        Assert.Equal(0, history.Unwritten);
        Assert.Equal(Ids(0, 40), Open().Newest(null, 100).Select(static r => r.Id));
        Assert.Equal([RecordFile.FileName], Directory.GetFiles(_folder).Select(Path.GetFileName));
    }

    [SkippableFact]
    public void A_disk_that_was_full_from_the_start_is_tried_until_it_is_not()
    {
        Mount("size=64k");
        Fill();
        var history = Open();
        End(history, 0, 20);
        Assert.Throws<IOException>(history.Write);
        Assert.Equal(20, history.Newest(null, 100).Count);
        File.Delete(Path.Combine(_folder, "ballast"));
        history.Write();
        Assert.Equal(Ids(0, 20), Open().Newest(null, 100).Select(static r => r.Id));
    }

    [SkippableFact]
    public void A_disk_that_cannot_be_written_is_read_and_tried_again()
    {
        Mount("size=256k");
        var history = Open();
        End(history, 0, 3);
        history.Write();
        Command.Run("mount", "-o", "remount,ro", _folder);
        var next = Open();
        Assert.Equal(Ids(0, 3), next.Newest(null, 100).Select(static r => r.Id));
        End(next, 3, 2);
        Assert.True(Xunit.Record.Exception(next.Write) is IOException or UnauthorizedAccessException);
        Assert.Equal(Ids(0, 5), next.Newest(null, 100).Select(static r => r.Id));
        Command.Run("mount", "-o", "remount,rw", _folder);
        next.Write();
        Assert.Equal(Ids(0, 5), Open().Newest(null, 100).Select(static r => r.Id));
    }

    [Fact]
    public void What_was_told_of_is_there_whenever_the_agent_is_killed()
    {
        List<string> told = [];
        for (var life = 0; life < 12; life++)
        {
            using var agent = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "crashhost.dll"), "history", _folder]) { RedirectStandardOutput = true })!;
            for (var i = 0; i <= 3 * life && agent.StandardOutput.ReadLine() is { } id; i++) told.Add(id);
            agent.Kill();
            // What it said before it died.
            told.AddRange(agent.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(static line => line.Length == 32));
            agent.WaitForExit();
            Assert.Equal(137, agent.ExitCode);

            var history = new MigrationHistory(new HistoryFolder(_folder), 20, 1 << 20, "boot", NullLogger.Instance, threaded: false);
            var there = history.Newest(null, 20).Select(static r => r.Id).ToList();
            // One more may have been written that it had no time to tell of.
            if (there.Count > 0 && there[0] != told[^1]) told.Add(there[0]);
            Assert.Equal(told.TakeLast(there.Count).Reverse(), there);
            Assert.InRange(there.Count, Math.Min(told.Count, 20), 20);
            Assert.DoesNotContain(Directory.GetFiles(_folder), static f => f.EndsWith(".bad", StringComparison.Ordinal));
        }
    }

    private void Mount(string options)
    {
        var (status, _, error) = Command.Try("mount", "-t", "tmpfs", "-o", options, "tmpfs", _folder);
        Skip.If(status != 0, $"a tmpfs cannot be mounted here: {error}");
        _mounted = true;
    }

    private void Fill()
    {
        using var ballast = new FileStream(Path.Combine(_folder, "ballast"), FileMode.Create, FileAccess.Write, FileShare.None, 1);
        try
        {
            while (true) ballast.Write(new byte[4096]);
        }
        catch (IOException)
        {
            // Full.
        }
    }

    private MigrationHistory Open() => new(new HistoryFolder(_folder), 100, 1 << 20, "boot", NullLogger.Instance, threaded: false);

    private static void End(MigrationHistory history, int from, int count)
    {
        for (var i = from; i < from + count; i++) history.Ended(Record(i));
    }

    private static MigrationRecord Record(int number) => new($"m{number}", "uuid", "guest", MigrationDirection.Outgoing, MigrationOutcome.Completed, s_start, s_start) { Reason = new string('x', 300) };

    private static IEnumerable<string> Ids(int from, int count) => Enumerable.Range(from, count).Reverse().Select(static i => $"m{i}");
}
