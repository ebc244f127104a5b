using Microsoft.Extensions.Logging.Abstractions;
using NodeAgent.Verdicts;
using Xunit;

namespace NodeAgent.Tests.Unit.Verdicts;

public sealed class VerdictLogTests : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);
    private static readonly DateTimeOffset s_start = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("nodeagent-verdicts-").FullName;

    private string File => Path.Combine(_folder, VerdictLog.FileName);

    [Fact]
    public void What_was_added_is_read_back_by_the_next_process()
    {
        VerdictChange[] changes = [Change(0, "mpatha", null, "healthy"), Change(1, "mpatha", "healthy", "no redundancy"), Change(2, "mpathb", null, "healthy"), Change(3, "mpathb", "healthy", null)];
        using (var log = Open())
        {
            log.Add(changes[..2]);
            Assert.True(log.Flush(s_patience));
            log.Add(changes[2..]);
            Assert.Equal(changes, log.Newest());
        }

        using var next = Open();
        Assert.Equal(changes, next.Newest());
        Assert.Equal([new RememberedVerdict(VerdictKind.Storage, "mpatha", "no redundancy", s_start.AddSeconds(1))], next.Remembered);
    }

    [Fact]
    public void A_change_that_is_explained_is_still_one_change()
    {
        var change = Change(1, "mpatha", "healthy", "degraded");
        var explained = change with { Former = "degraded", Verdict = change.Verdict! with { Sentence = "sda is offline" } };
        using (var log = Open())
        {
            log.Add([Change(0, "mpatha", null, "healthy"), change]);
            Assert.True(log.Flush(s_patience));
            log.Explain(explained);
            log.Explain(explained with { Time = s_start });
            Assert.Equal(("healthy", "sda is offline"), (log.Newest()[1].Former, log.Newest()[1].Verdict!.Sentence));
        }

        using var next = Open();
        Assert.Equal((2, "healthy", "sda is offline"), (next.Newest().Count, next.Newest()[1].Former, next.Newest()[1].Verdict!.Sentence));
    }

    [Fact]
    public void It_keeps_the_last_thousand_and_how_everything_stood()
    {
        using (var log = Open())
        {
            log.Add([Change(0, "first", null, "healthy")]);
            for (var i = 1; i <= 5 * VerdictLog.Kept; i++)
            {
                log.Add([Change(i, "mpatha", i % 2 == 0 ? "healthy" : "degraded", i % 2 == 0 ? "degraded" : "healthy")]);
                if (i % 700 == 0) Assert.True(log.Flush(s_patience));
            }
        }

        Assert.InRange(System.IO.File.ReadAllLines(File).Length, VerdictLog.Kept, (2 * VerdictLog.Kept) + 2);
        using var next = Open();
        var newest = next.Newest();
        Assert.Equal(VerdictLog.Kept, newest.Count);
        Assert.Equal(s_start.AddSeconds(5 * VerdictLog.Kept), newest[^1].Time);
        Assert.Equal(["first", "mpatha"], next.Remembered.Select(static r => r.Object).Order());
        Assert.Equal(s_start, next.Remembered.Single(static r => r.Object == "first").Since);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(90)]
    public void A_last_line_cut_short_is_left_out_and_the_file_is_whole_again(int cut)
    {
        using (var log = Open()) log.Add([Change(0, "mpatha", null, "healthy"), Change(1, "mpatha", "healthy", "failed")]);
        using (var file = System.IO.File.OpenWrite(File)) file.SetLength(file.Length - cut);
        using (var log = Open())
        {
            Assert.Equal(cut == 1 ? 2 : 1, log.Newest().Count);
            log.Add([Change(2, "mpathb", null, "healthy")]);
        }

        using var next = Open();
        Assert.Equal("mpathb", next.Newest()[^1].Object);
        Assert.Equal(cut == 1 ? 3 : 2, next.Newest().Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\0\0\0\0")]
    [InlineData("{}\n[]\nnull\n7\n\"x\"\n{\"kind\":1}\n{\"time\":\"x\",\"kind\":\"a\",\"object\":\"b\"}\n")]
    public void Garbage_is_no_record(string text)
    {
        System.IO.File.WriteAllText(File, text);
        using (var log = Open())
        {
            Assert.Empty(log.Newest());
            log.Add([Change(0, "mpatha", null, "healthy")]);
        }

        using var next = Open();
        Assert.Single(next.Newest());
    }

    [Fact]
    public void A_disk_that_takes_nothing_costs_the_record_and_nothing_else()
    {
        // A folder of the file's name: it can be neither read nor written, whoever asks.
        Directory.CreateDirectory(File);
        using (var log = Open())
        {
            for (var i = 0; i < 3 * VerdictLog.Kept; i++) log.Add([Change(i, "mpatha", "a", "b")]);
            Assert.True(log.Flush(s_patience));
            Assert.Equal(VerdictLog.Kept, log.Newest().Count);
        }

        Directory.Delete(File);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private VerdictLog Open() => new(_folder, NullLogger.Instance);

    private static VerdictChange Change(int second, string name, string? from, string? to) => new(
        s_start.AddSeconds(second), VerdictKind.Storage, name, from, to is null ? null : new Verdict(VerdictKind.Storage, name, to, to == "healthy" ? Severity.Ok : Severity.Critical, "has \"1\" of 2 – paths\nleft"));
}
