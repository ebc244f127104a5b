using NodeAgent.Cli;
using NodeAgent.Tests.Support.Migrations;
using Xunit;

namespace NodeAgent.Tests.Unit.Cli;

/// <summary>nodeagent migration forecast --trace FILE</summary>
public sealed class MigrationForecastTests
{
    private static readonly string s_converging = Timelines.Named("lab/q100-converging").File;

    [Theory]
    [InlineData("lab/q100-converging", "table")]
    [InlineData("held-out/stagnating", "table")]
    [InlineData("lab/lv90-typed", "json")]
    [InlineData("lab/q72-failed", "yaml")]
    public void As_printed(string timeline, string format)
    {
        var run = Run("--trace", Timelines.Named(timeline).File, "-o", format);
        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Equal("", run.Error);
        Golden.Check($"migration-forecast-{timeline.Split('/')[1]}.{(format == "table" ? "txt" : format)}", run.Out);
    }

    [Fact]
    public void A_line_of_json_has_these_fields_and_no_other()
    {
        foreach (var line in Run("--trace", s_converging, "-o", "json").Out.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            using var document = System.Text.Json.JsonDocument.Parse(line);
            Assert.Equal(
                ["t", "verdict", "remainingSecondsLow", "remainingSecondsHigh", "expectedDowntimeMilliseconds", "limitingFactor", "advice"],
                document.RootElement.EnumerateObject().Select(static p => p.Name));
        }
    }

    [Fact]
    public void From_standard_input()
    {
        var text = File.ReadAllText(s_converging);
        var run = CliRun.With(new FakeEngine(), new Dictionary<string, string>(), ["migration", "forecast", "--trace", "-"], text);
        Assert.Equal(Run("--trace", s_converging).Out, run.Out);
    }

    [Fact]
    public void A_broken_line_prints_nothing_but_its_error()
    {
        var run = CliRun.With(new FakeEngine(), new Dictionary<string, string>(), ["migration", "forecast", "--trace", "-", "-o", "json"], File.ReadAllText(s_converging) + "{\"t\":");
        Assert.Equal(ExitCode.Invalid, run.ExitCode);
        Assert.Equal("", run.Out);
        Assert.StartsWith("nodeagent: error: -:196: expected a JSON object", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/nonexistent/file", "/nonexistent/file: there is no such file")]
    [InlineData("", "--trace: expected a file, or - for standard input, found an empty name")]
    [InlineData("/nonexistent/a\u001b[31m", @"/nonexistent/a\x1b[31m: there is no such file")]
    [InlineData("/proc", "/proc: is a folder, not a timeline")]
    [InlineData("/dev/null", "/dev/null: expected a recorded timeline (QMP lines or libvirt job statistics), found nothing")]
    public void A_file_that_is_none(string file, string error)
    {
        var run = Run("--trace", file);
        Assert.Equal(ExitCode.Invalid, run.ExitCode);
        Assert.Equal($"nodeagent: error: {error}\n", run.Error);
    }

    [Fact]
    public void Options_for_the_guests_of_this_node_say_nothing_of_a_timeline()
    {
        var run = Run("--trace", s_converging, "--parallel", "3");
        Assert.Equal(ExitCode.Invalid, run.ExitCode);
        Assert.Equal("nodeagent: error: --trace and --parallel exclude each other: --parallel is for the guests of this node\n", run.Error);
    }

    [Fact]
    public void What_a_failure_says_is_shown_safely()
    {
        var run = CliRun.With(new FakeEngine(), new Dictionary<string, string>(), ["migration", "forecast", "--trace", "-"],
            """{"t":0,"who":"src","kind":"reply","cmd":"query-migrate","data":{"status":"failed","error-desc":"a\u001b[31mb"}}""");
        Assert.Contains(@"a\x1b[31mb", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', run.Out);
    }

    [Fact]
    public void A_timeline_in_which_nothing_migrates()
    {
        var run = CliRun.With(new FakeEngine(), new Dictionary<string, string>(), ["migration", "forecast", "--trace", "-"], """{"t":0,"kind":"meta"}""");
        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Equal("No migration in this timeline.\n", run.Out);
        Assert.Contains("nothing in the timeline migrates", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Help_has_examples()
    {
        var run = CliRun.With(new FakeEngine(), "migration", "forecast", "--help");
        Assert.Contains("--trace FILE", run.Out, StringComparison.Ordinal);
        Assert.Contains("Examples:", run.Out, StringComparison.Ordinal);
    }

    private static CliRun Run(params string[] args) => CliRun.With(new FakeEngine(), ["migration", "forecast", .. args]);
}
