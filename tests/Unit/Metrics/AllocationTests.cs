using System.Text.Json;
using NodeAgent.Metrics.Exposition;
using NodeAgent.Native.Rtnl;
using Xunit;

namespace NodeAgent.Tests.Unit.Metrics;

/// <summary>A scrape and a sample in steady state allocate what bench/budgets.json allows: nothing.</summary>
public sealed class AllocationTests : IDisposable
{
    private const int Attempts = 5;

    private readonly NodeFixture _node = new();
    private readonly List<LinkMessage> _links = [.. Enumerable.Range(1, 500).Select(i => NodeLinks.Link(i, $"link{i}", 1))];

    [SkippableTheory]
    [InlineData("Text")]
    [InlineData("OpenMetrics")]
    public void A_scrape(string format)
    {
        Skip.If(IsDebug, "Debug builds allocate for async methods");
        _node.Sample([.. _links, .. NodeLinks.List().Select((link, i) => Moved(link, i))]);
        var pipe = new MemoryPipe(keep: false);
        using var scrape = new Scrape();
        var chosen = Enum.Parse<ExpositionFormat>(format);
        Assert.InRange(Least(() => scrape.RunAsync(_node.Registry, pipe, chosen).GetAwaiter().GetResult()), 0, Budget("scrape"));
        Assert.True(pipe.Flushes > 10, "Little was written at once.");
    }

    [Fact]
    public void A_sample() => Assert.InRange(Least(() => _node.Sample(_links, s_none)), 0, Budget("link-sample"));

    public void Dispose() => _node.Dispose();

    private static readonly List<LinkMessage> s_none = [];

    private static bool IsDebug =>
#if DEBUG
        true;
#else
        false;
#endif

    private static LinkMessage Moved(LinkMessage link, int place)
    {
        link.Index = 1000 + place;
        link.Master = null;
        return link;
    }

    private static long Least(Action action)
    {
        var least = long.MaxValue;
        for (var attempt = 0; attempt <= Attempts; attempt++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            action();
            if (attempt > 0) least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }

    private static long Budget(string name)
    {
        using var file = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "budgets.json")));
        return file.RootElement.GetProperty("allocations").GetProperty(name).GetInt64();
    }
}
