using System.Text.Json;
using NodeAgent.Migration.Forecasting;
using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Unit.Migration;

/// <summary>A sample allocates what bench/budgets.json allows: nothing.</summary>
public sealed class AllocationTests
{
    private const int Attempts = 5;

    [Fact]
    public void A_sample()
    {
        var (samples, _) = new SimulatedMigration { Dirtied = 30 * SimulatedMigration.MiB }.Run();
        var forecaster = new MigrationForecaster();
        var least = long.MaxValue;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var decisions = new Decisions();
            var before = GC.GetAllocatedBytesForCurrentThread();
            foreach (ref readonly var sample in System.Runtime.InteropServices.CollectionsMarshal.AsSpan(samples))
            {
                forecaster.Synced(sample.Pass ?? 0, sample.At);
                decisions.IsNew(forecaster.Add(sample));
            }

            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.InRange(least, 0, Budget("migration-sample"));
    }

    private static long Budget(string name)
    {
        using var file = JsonDocument.Parse(File.ReadAllText(Path.Combine(ProjectFolder.Path, "bench", "budgets.json")));
        return file.RootElement.GetProperty("allocations").GetProperty(name).GetInt64();
    }
}
