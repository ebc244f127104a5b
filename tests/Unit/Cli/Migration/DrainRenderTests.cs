using NodeAgent.Api.Mapping;
using NodeAgent.Cli;
using NodeAgent.Cli.Migration;
using NodeAgent.Migration.Drain;
using NodeAgent.Tests.Unit.Migration.Drain;
using Xunit;

namespace NodeAgent.Tests.Unit.Cli.Migration;

/// <summary>How long a drain takes, on a terminal: from guests to lines.</summary>
public sealed class DrainRenderTests
{
    [Theory]
    [InlineData(100)]
    [InlineData(60)]
    public void The_sentence_comes_first_and_then_what_blocks(int width)
    {
        var forecast = DrainForecaster.Of(DrainMaker.Question(
            DrainMaker.Guest("db-1", 32, 140),
            DrainMaker.Guest("web-1", 4, 3),
            DrainMaker.Guest("web-2", 8, null),
            DrainMaker.Guest("gpu-1", 64, 5, "0000:3b:00.0 of the host is passed through")) with
        { BytesPerSecond = 128 << 20 });
        var lines = DrainTable.Lines(MigrationDrainMapping.ToWire(forecast), new Style(false), width).ToList();
        Assert.All(lines, line => Assert.True(TextWidth.Of(line) <= width, line));
        Golden.Check($"drain-{width}.txt", string.Join('\n', lines) + "\n");
    }
}
