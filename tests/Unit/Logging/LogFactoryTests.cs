using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using NodeAgent.Config;
using NodeAgent.Logging;
using Xunit;

namespace NodeAgent.Tests.Unit.Logging;

/// <summary>What is written, in which form, and what is not.</summary>
public sealed class LogFactoryTests
{
    private readonly MemoryStream _output = new();

    private string Written => Encoding.UTF8.GetString(_output.ToArray());

    [Theory]
    [InlineData(LogFormat.Auto, false, "2026-11-20T12:00:00.000Z warn  br0: mtu was 1300\n")]
    [InlineData(LogFormat.Auto, true, "<4>br0: mtu was 1300\n")]
    [InlineData(LogFormat.Human, true, "2026-11-20T12:00:00.000Z warn  br0: mtu was 1300\n")]
    [InlineData(LogFormat.Json, false, """{"time":"2026-11-20T12:00:00.000Z","level":"warn","area":"drift","eventId":1,"event":"Drifted","message":"br0: mtu was 1300","fields":{"link":"br0","mtu":1300}}""" + "\n")]
    [InlineData(LogFormat.Json, true, """<4>{"time":"2026-11-20T12:00:00.000Z","level":"warn","area":"drift","eventId":1,"event":"Drifted","message":"br0: mtu was 1300","fields":{"link":"br0","mtu":1300}}""" + "\n")]
    public void A_line_in_each_form(LogFormat format, bool journal, string line)
    {
        using var logs = Logs(new LogSettings { Format = format }, journal);
        TestMessages.Drifted(logs.CreateLogger("drift"), "br0", 1300);
        Assert.Equal(line, Written);
    }

    [Theory]
    [InlineData(LogLevel.Critical, "<2>")]
    [InlineData(LogLevel.Error, "<3>")]
    [InlineData(LogLevel.Information, "<6>")]
    [InlineData(LogLevel.Debug, "<7>")]
    public void The_journal_gets_priorities(LogLevel level, string prefix)
    {
        using var logs = Logs(new LogSettings { Level = LogLevel.Debug }, journal: true);
        logs.CreateLogger("api").Log(level, "x");
        Assert.StartsWith(prefix, Written, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_area_has_its_level_and_gets_another_while_it_runs()
    {
        using var logs = Logs(new LogSettings { Level = LogLevel.Warning, Levels = new Dictionary<string, LogLevel> { ["api"] = LogLevel.Debug } });
        var (api, drift) = (logs.CreateLogger("api"), logs.CreateLogger("drift"));
        Assert.Equal((true, false, true), (api.IsEnabled(LogLevel.Debug), drift.IsEnabled(LogLevel.Information), drift.IsEnabled(LogLevel.Warning)));

        logs.Configure(new LogSettings { Level = LogLevel.Error, Levels = new Dictionary<string, LogLevel> { ["drift"] = LogLevel.Information } });

        Assert.Equal((false, true), (api.IsEnabled(LogLevel.Warning), drift.IsEnabled(LogLevel.Information)));
    }

    [Fact]
    public void A_library_is_heard_as_host_from_warning_up()
    {
        using var logs = Logs(new LogSettings { Level = LogLevel.Debug, Format = LogFormat.Json });
        var kestrel = logs.CreateLogger("Microsoft.AspNetCore.Server.Kestrel");
        kestrel.Log(LogLevel.Information, "a request");
        kestrel.Log(LogLevel.Warning, "a thread is blocked");
        Assert.Equal(("host", "a thread is blocked"), (Text("area"), Text("message")));

        logs.Configure(new LogSettings { Levels = new Dictionary<string, LogLevel> { ["host"] = LogLevel.Error } });
        Assert.False(kestrel.IsEnabled(LogLevel.Warning));
    }

    [Fact]
    public void What_comes_from_outside_stays_one_line_and_moves_no_cursor()
    {
        using var logs = Logs(new LogSettings());
        logs.CreateLogger("api").Log(LogLevel.Warning, "caller 'x\n2026-11-20T12:00:00.000Z error all is lost\x1b[2J'");
        Assert.Equal("2026-11-20T12:00:00.000Z warn  caller 'x 2026-11-20T12:00:00.000Z error all is lost [2J'\n", Written);
    }

    [Fact]
    public void An_exception_is_a_sentence_for_people_and_a_trace_for_programs_and_debugging()
    {
        var error = new IOException("disk full");
        using (var logs = Logs(new LogSettings())) logs.CreateLogger("api").LogError(error, "not written");
        Assert.EndsWith("error not written: disk full\n", Written, StringComparison.Ordinal);

        _output.SetLength(0);
        using (var logs = Logs(new LogSettings { Level = LogLevel.Debug })) logs.CreateLogger("api").LogError(error, "not written");
        Assert.Contains("System.IO.IOException", Written, StringComparison.Ordinal);

        _output.SetLength(0);
        using (var logs = Logs(new LogSettings { Format = LogFormat.Json })) logs.CreateLogger("api").LogError(error, "not written");
        Assert.Contains("System.IO.IOException: disk full", Text("exception"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_reader_that_has_gone_is_no_error()
    {
        _output.Dispose();
        using var logs = Logs(new LogSettings());
        logs.CreateLogger("api").Log(LogLevel.Warning, "x");
    }

    private string Text(string name) => $"{JsonNode.Parse(Written)![name]}";

    private LogFactory Logs(LogSettings settings, bool journal = false) => new(_output, settings, journal, new SteppedTime());
}
