using System.Text.Json.Nodes;
using NodeAgent.Cli;
using NodeAgent.Cli.Run;
using NodeAgent.Tests.Kernel.Kvm;
using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Kernel.Cli;

/// <summary>The doctor at this machine, whatever it is. It opens KVM, too.</summary>
[Collection(RealKvm.Collection)]
public sealed class DoctorTests
{
    [Fact]
    public void Every_check_ends_with_a_finding()
    {
        var (code, text) = (ExitCode.Done, "");
        // A machine that is busy elsewhere may not answer in the doctor's time.
        Wait.Until(() =>
        {
            (code, text) = Run();
            return !text.Contains(" did not end in ", StringComparison.Ordinal);
        });
        var report = JsonNode.Parse(text)!;
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

    private static (int Code, string Output) Run()
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = CommandLine.Run(["doctor", "-o", "json", "--config", "/dev/null"], new CliHost { Out = output, Error = error, In = static () => Stream.Null, Engine = EngineFactory.ForCommand });
        Assert.Equal("", error.ToString());
        return (code, output.ToString());
    }
}
