using System.Globalization;
using NodeAgent.Migration.Model;
using NodeAgent.Tests.Support.Migrations;
using Xunit;
using Xunit.Abstractions;

namespace NodeAgent.Tests.Unit.Migration.Drain;

/// <summary>What a drain forecast would have said of each recorded migration before it began, and what came.</summary>
public sealed class DrainBacktests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Recorded_migrations_take_as_long_as_was_said_before_they_began(bool heldOut)
    {
        int said = 0, covered = 0, completed = 0;
        foreach (var one in DrainCase.All.Where(one => one.Timeline.HeldOut == heldOut))
        {
            var forecast = one.Forecast();
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{one.Timeline.Name,-36} D/B {one.DirtyBytesPerSecond / one.BytesPerSecond:0.00}  {forecast.Verdict!.Value.Name(),-18} {forecast.LowSeconds:0.0}-{forecast.HighSeconds:0.0} s  took {one.Seconds:0.0}"));
            if (one.Seconds is not { } truth) continue;
            completed++;
            if (forecast.HighSeconds is not { } high) continue;
            said++;
            if (forecast.LowSeconds <= truth && truth <= high) covered++;
        }

        output.WriteLine($"covered {covered} of {said} said, of {completed} completed");
        Assert.True(completed >= 4 && said >= 0.6 * completed, $"said {said} of {completed}");
        Assert.True(covered >= 0.8 * said, $"{covered} of {said} are right");
    }

    [Fact]
    public void What_never_ended_by_itself_was_said_to_block_and_what_ended_was_not()
    {
        foreach (var one in DrainCase.All)
        {
            var blocks = one.Forecast().Blockers.Count > 0;
            if (one.Seconds is not null) Assert.False(blocks, one.Timeline.Name);
            if (one.DirtyBytesPerSecond > one.BytesPerSecond) Assert.True(blocks, one.Timeline.Name);
        }
    }
}
