using Microsoft.Extensions.Logging;
using NodeAgent.Cli.Run;
using Xunit;

namespace NodeAgent.Tests.Unit.Cli;

public sealed class ConsoleLogTests
{
    [Fact]
    public void For_people_time_level_and_message() => Assert.Equal("2026-11-20T12:00:00.000Z warn  br0 is gone\n", Write(journal: false, LogLevel.Information));

    [Fact]
    public void For_the_journal_its_prefix_and_one_line() => Assert.Equal("<4>br0 is gone\n", Write(journal: true, LogLevel.Information));

    [Fact]
    public void Less_than_asked_for_is_not_written() => Assert.Equal("", Write(journal: false, LogLevel.Error));

    private static string Write(bool journal, LogLevel least)
    {
        var text = new StringWriter();
        new ConsoleLog(text, new FixedTime(), least, journal).Log(LogLevel.Warning, default, "br0 is gone", null, static (state, _) => state);
        return text.ToString();
    }

    private sealed class FixedTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    }
}
