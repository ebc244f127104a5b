using Microsoft.Extensions.Logging.Abstractions;
using NodeAgent.Storage.Judging;
using NodeAgent.Storage.Store;
using Xunit;

namespace NodeAgent.Tests.Unit.Storage.Store;

public sealed class MapMemoryTests : IDisposable
{
    private static readonly DateTimeOffset s_now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly string _folder = Directory.CreateTempSubdirectory("nodeagent-memory-").FullName;

    private string File => Path.Combine(_folder, MapMemory.FileName);

    [Fact]
    public void Everything_is_read_back()
    {
        var history = new MapHistory
        {
            Best = new PathSpread(4, 2, 4, 1),
            State = MapState.NoRedundancy,
            Since = s_now.AddTicks(1234567),
            Usable = 1,
            WentDown = true,
            Turns = [s_now.AddMinutes(-2), s_now.AddMinutes(-1)],
            QueueingSince = s_now.AddSeconds(-3),
            Lost = TimeSpan.FromSeconds(12.5),
            LostSince = s_now,
        };
        using (var memory = Open())
        {
            memory.Put("w1", "mpatha", history);
            memory.Put("w2", "mpathb", MapHistory.None with { State = MapState.Healthy });
            memory.Leave("w2", s_now);
        }

        using var next = Open();
        var read = next.Of("w1");
        Assert.Equal(history with { Turns = read.Turns }, read);
        Assert.Equal<DateTimeOffset>([.. history.Turns], [.. read.Turns]);
        Assert.Equal((null, s_now), (next.Maps["w1"].Gone, next.Maps["w2"].Gone));
        Assert.Same(MapHistory.None, next.Of("w3"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"version\":2,\"maps\":[]}")]
    [InlineData("{\"version\":1,\"maps\":[{}]}")]
    [InlineData("{\"version\":1,\"maps\":[null]}")]
    [InlineData("{\"version\":1,\"maps\":[{\"wwid\":\"w\",\"name\":\"m\",\"best\":{\"paths\":-1,\"initiators\":0,\"targetPorts\":0,\"fabrics\":0}}]}")]
    [InlineData("{\"version\":1,\"maps\":[{\"wwid\":\"w\",\"name\":\"m\",\"best\":{\"paths\":1,\"initiators\":0,\"targetPorts\":0,\"fabrics\":0},\"since\":\"x\"}]}")]
    public void A_damaged_file_is_moved_aside_and_it_begins_anew(string text)
    {
        System.IO.File.WriteAllText(File, text);
        using (var memory = Open())
        {
            Assert.Empty(memory.Maps);
            Assert.Equal(text, System.IO.File.ReadAllText(File + ".bad"));
            memory.Put("w", "mpatha", MapHistory.None with { Best = new PathSpread(2, 0, 0, 0) });
            Assert.True(memory.Flush(s_patience));
        }

        using var next = Open();
        Assert.Equal(2, next.Of("w").Best.Paths);
    }

    [Fact]
    public void Who_only_looks_moves_nothing()
    {
        System.IO.File.WriteAllText(File, "{");
        using var memory = new MapMemory(_folder, NullLogger.Instance, writes: false);
        memory.Put("w", "mpatha", MapHistory.None);
        Assert.Equal("{", System.IO.File.ReadAllText(File));
        Assert.False(System.IO.File.Exists(File + ".bad"));
    }

    [Fact]
    public void A_folder_that_is_none_costs_the_record_and_nothing_else()
    {
        System.IO.File.WriteAllText(Path.Combine(_folder, "file"), "");
        using var memory = new MapMemory(Path.Combine(_folder, "file"), NullLogger.Instance);
        memory.Put("w", "mpatha", MapHistory.None with { Best = new PathSpread(2, 0, 0, 0) });
        Assert.True(memory.Flush(s_patience));
        Assert.Equal(2, memory.Of("w").Best.Paths);
    }

    [Fact]
    public void What_is_gone_for_too_long_is_dropped_and_there_is_a_bound()
    {
        using var memory = new MapMemory(_folder, NullLogger.Instance, writes: false);
        memory.Put("here", "mpatha", MapHistory.None);
        memory.Put("gone", "mpathb", MapHistory.None);
        memory.Prune(new HashSet<string> { "here" }, TimeSpan.FromDays(30), s_now);
        Assert.Equal(s_now, memory.Maps["gone"].Gone);
        memory.Prune(new HashSet<string> { "here" }, TimeSpan.FromDays(30), s_now.AddDays(30).AddTicks(-1));
        Assert.True(memory.Maps.ContainsKey("gone"));
        memory.Prune(new HashSet<string> { "here" }, TimeSpan.FromDays(30), s_now.AddDays(30));
        Assert.Equal(["here"], memory.Maps.Keys);
        for (var i = 0; i < MapMemory.Most + 10; i++)
        {
            memory.Put($"w{i}", $"m{i}", MapHistory.None);
            memory.Leave($"w{i}", s_now.AddSeconds(i));
        }

        memory.Prune(new HashSet<string> { "here" }, TimeSpan.FromDays(30), s_now.AddDays(1));
        Assert.Equal(MapMemory.Most + 1, memory.Maps.Count);
        Assert.False(memory.Maps.ContainsKey("w9"));
        Assert.True(memory.Maps.ContainsKey("w10"));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private MapMemory Open() => new(_folder, NullLogger.Instance);
}
