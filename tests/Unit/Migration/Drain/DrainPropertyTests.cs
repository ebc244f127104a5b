using NodeAgent.Migration.Drain;
using Xunit;
using static NodeAgent.Tests.Unit.Migration.Drain.DrainMaker;

namespace NodeAgent.Tests.Unit.Migration.Drain;

/// <summary>What must hold for any guests, bandwidth and parallelism.</summary>
public sealed class DrainPropertyTests
{
    private const int Rounds = 300;

    [Fact]
    public void More_bandwidth_is_never_later()
    {
        var random = new Random(1);
        for (var i = 0; i < Rounds; i++)
        {
            var question = Any(random);
            var more = question with { BytesPerSecond = question.BytesPerSecond * (1 + random.NextDouble()) };
            NeverLater(question, more);
        }
    }

    [Fact]
    public void More_at_a_time_is_never_later_where_each_has_as_much()
    {
        var random = new Random(2);
        for (var i = 0; i < Rounds; i++)
        {
            var question = Any(random);
            var lanes = Math.Min(question.Parallel, question.Guests.Count);
            if (lanes == question.Guests.Count) continue;
            NeverLater(question, question with { Parallel = lanes + 1, BytesPerSecond = question.BytesPerSecond / lanes * (lanes + 1) });
        }
    }

    [Fact]
    public void Another_guest_is_never_sooner()
    {
        var random = new Random(3);
        for (var i = 0; i < Rounds; i++)
        {
            var question = Any(random);
            if (question.Guests.Count <= question.Parallel) continue;
            NeverLater(question with { Guests = [.. question.Guests, Any(random).Guests[0]] }, question);
        }
    }

    [Fact]
    public void A_guest_simulated_ends_within_its_interval()
    {
        var random = new Random(4);
        int said = 0, right = 0, blocked = 0;
        for (var i = 0; i < Rounds; i++)
        {
            var migration = new SimulatedMigration
            {
                Memory = Between(random, 64, 2048) * MiB,
                Bandwidth = Between(random, 16, 200) * MiB,
                Dirtied = Between(random, 1, 100) * MiB,
                Set = Between(random, 32, 512) * MiB,
                Longest = 2000,
            };
            migration = migration with { Set = Math.Min(migration.Set, migration.Memory) };
            var guest = Guest("x", migration.Memory / (1024 * MiB), Math.Min(migration.Dirtied, migration.Set) / MiB) with { ResidentBytes = (long)migration.Memory };
            var forecast = DrainForecaster.Of(Question(guest) with { BytesPerSecond = migration.Bandwidth }).Guests[0];
            var end = migration.Run().End;
            if (forecast.Blockers.Count > 0)
            {
                blocked++;
                Assert.Null(end);
                continue;
            }

            Assert.NotNull(forecast.LowSeconds);
            if (end is null || forecast.HighSeconds is not { } high) continue;
            said++;
            if (forecast.LowSeconds <= end && end <= high) right++;
        }

        Assert.True(said > Rounds / 4 && blocked > Rounds / 20, $"{said} said, {blocked} blocked");
        Assert.InRange(right, 0.97 * said, said);
    }

    private static void NeverLater(DrainQuestion slower, DrainQuestion faster)
    {
        var (late, soon) = (DrainForecaster.Of(slower), DrainForecaster.Of(faster));
        if (late.HighSeconds is { } high) Assert.True(soon.HighSeconds <= high + 1e-6, $"{soon.HighSeconds} > {high}: {soon.Summary} / {late.Summary}");

        // Those that block are not in the sum: the others alone are compared.
        if (late.Guests.All(static g => g.Blockers.Count == 0)) Assert.True(soon.LowSeconds <= late.LowSeconds + 1e-6, $"{soon.LowSeconds} > {late.LowSeconds}");
    }

    private static DrainQuestion Any(Random random)
    {
        var guests = Enumerable.Range(0, random.Next(1, 12)).Select(i =>
            Guest($"g{i}", Between(random, 0.25, 64), random.Next(4) == 0 ? null : Between(random, 0.1, 60)) with { ResidentBytes = random.Next(2) == 0 ? null : (long)(Between(random, 0.1, 64) * 1024 * MiB) });
        return Question([.. guests]) with { BytesPerSecond = Between(random, 50, 2000) * MiB, Parallel = random.Next(1, 6), DowntimeLimit = TimeSpan.FromMilliseconds(random.Next(50, 2000)) };
    }

    private static double Between(Random random, double low, double high) => low * Math.Pow(high / low, random.NextDouble());
}
