using System.Text;
using Microsoft.Extensions.Logging;
using NodeAgent.Config;
using NodeAgent.Logging;
using Xunit;

namespace NodeAgent.Tests.Unit.Logging;

/// <summary>The same line again and again: some are written, the rest is counted.</summary>
public sealed class StormFilterTests
{
    private readonly MemoryStream _output = new();
    private readonly SteppedTime _clock = new();

    private string[] Lines => Encoding.UTF8.GetString(_output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    [Fact]
    public void The_rest_of_a_storm_is_told_when_its_window_ends_without_another_line()
    {
        using var logs = Logs();
        Say(logs, "down", 1000);
        Assert.Equal(StormFilter.Burst, Lines.Length);

        _clock.Step(StormFilter.Window);

        Assert.Equal(StormFilter.Burst + 1, Lines.Length);
        Assert.EndsWith("warn  down (the same 990 times more within 10 s)", Lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Other_lines_pass_and_after_the_window_the_same_does_again()
    {
        using var logs = Logs();
        Say(logs, "down", 11);
        Say(logs, "up", 1);
        _clock.Step(StormFilter.Window);
        Say(logs, "down", 1);
        Assert.Equal(StormFilter.Burst + 3, Lines.Length);
    }

    [Fact]
    public void What_is_held_back_is_told_at_the_end()
    {
        using (var logs = Logs()) Say(logs, "down", 12);
        Assert.EndsWith("(the same 2 times more within 10 s)", Lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Many_different_lines_all_pass_and_take_no_room_for_ever()
    {
        using var logs = Logs();
        for (var i = 0; i < 5000; i++) Say(logs, $"link {i}", 1);
        Assert.Equal(5000, Lines.Length);
    }

    private static void Say(LogFactory logs, string text, int times)
    {
        var log = logs.CreateLogger("drift");
        for (var i = 0; i < times; i++) log.Log(LogLevel.Warning, text);
    }

    private LogFactory Logs() => new(_output, new LogSettings(), isJournal: false, _clock);
}
