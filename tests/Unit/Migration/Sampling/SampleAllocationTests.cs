using System.Text.Json;
using NodeAgent.Migration.Model;
using NodeAgent.Migration.Sources;
using NodeAgent.Migration.Store;
using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Unit.Migration.Sampling;

/// <summary>A sample on its way from the tick to a reader's delta allocates what bench/budgets.json allows: nothing.</summary>
public sealed class SampleAllocationTests
{
    private const int Guests = 20;
    private const int Attempts = 5;

    [Fact]
    public void From_tick_to_delta()
    {
        using var house = new SamplerHouse(clock: new SteppingClock { HasNoTimers = true });
        var sources = new List<FakeGuestSource>();
        for (var i = 1; i <= Guests; i++)
        {
            var source = house.Come(SamplerHouse.Guest(i, $"uuid-{i}"));
            sources.Add(source);
            source.Sample = Sample(0);
            source.Tell(SourceEventKind.Phase, MigrationPhase.Active);
        }

        var delta = new MigrationDelta();
        var least = long.MaxValue;
        for (var attempt = 0; attempt < Attempts; attempt++) least = Math.Min(least, Bytes(house, sources, delta, attempt * 50));
        Assert.Equal(Guests, delta.Changed.Count);
        Assert.InRange(least, 0, Budget());
    }

    // Within a pass, so that nothing but samples happens.
    private static long Bytes(SamplerHouse house, List<FakeGuestSource> sources, MigrationDelta delta, int from)
    {
        long allocated = 0;
        for (var i = from; i < from + 50; i++)
        {
            foreach (var source in sources) source.Sample = Sample(i);
            house.Store.Since(house.Store.Version, delta);
            var version = house.Store.Version;
            var before = GC.GetAllocatedBytesForCurrentThread();
            house.Sampler.Tick();
            house.Store.Since(version, delta);
            allocated += GC.GetAllocatedBytesForCurrentThread() - before;
            house.Advance(0.01);
        }

        return allocated;
    }

    private static MigrationSample Sample(int number) => SamplerHouse.Active((800 << 20) - (number << 20), 1, 1 + (number * 0.1)) with { DirtyBytesPerSecond = 0, NormalBytes = number << 20 };

    private static long Budget()
    {
        using var file = JsonDocument.Parse(File.ReadAllText(Path.Combine(ProjectFolder.Path, "bench", "budgets.json")));
        return file.RootElement.GetProperty("allocations").GetProperty("migration-tick").GetInt64();
    }
}
