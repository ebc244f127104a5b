using System.Text.Json.Nodes;
using NodeAgent.Cli;
using NodeAgent.Cli.Run;
using Xunit;

namespace NodeAgent.Tests.Kernel.Cli;

/// <summary>The doctor at this machine, whatever it is.</summary>
public sealed class DoctorTests
{
    [Fact]
    public void Every_check_ends_with_a_finding()
    {
        var output = new StringWriter();
        var error = new StringWriter();
        var code = CommandLine.Run(["doctor", "-o", "json", "--config", "/dev/null"], new CliHost { Out = output, Error = error, In = static () => Stream.Null, Engine = EngineFactory.ForCommand });
        Assert.Equal("", error.ToString());
        var report = JsonNode.Parse(output.ToString())!;
        Assert.Equal((bool)report["fit"]!, code == ExitCode.Done);
        foreach (var check in report["checks"]!.AsArray())
        {
            Assert.NotEqual("", $"{check!["wanted"]}");
            Assert.NotEqual("", $"{check["why"]}");
            Assert.DoesNotContain("the check failed", $"{check["found"]}", StringComparison.Ordinal);
            Assert.DoesNotContain("reading ", $"{check["found"]}", StringComparison.Ordinal);
            if ($"{check["status"]}" is "warn" or "fail") Assert.NotNull(check["fix"]);
        }
    }
}
