using System.Text.Json.Nodes;
using NodeAgent.Cli;
using Xunit;

namespace NodeAgent.Tests.Unit.Cli;

public sealed class MacTests
{
    [Theory]
    [InlineData("", "02:00:00:00:00:01\n", "mac 1 ")]
    [InlineData("--count 2 --prefix 0A", "0a:00:00:00:00:01\n0a:00:00:00:00:02\n", "mac 2 0a")]
    [InlineData("--prefix 0e", "0e:00:00:00:00:01\n", "mac 1 0e")]
    public void Addresses_are_printed_a_line_each(string arguments, string output, string call)
    {
        var engine = new FakeEngine();
        var run = CliRun.With(engine, ["net", "mac", .. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        Assert.Equal((ExitCode.Done, output), (run.ExitCode, run.Out));
        Assert.Equal(call, Assert.Single(engine.Calls));
    }

    [Fact]
    public void Programs_get_a_list() =>
        Assert.Equal(["02:00:00:00:00:01", "02:00:00:00:00:02"], JsonNode.Parse(CliRun.With(new FakeEngine(), "net", "mac", "--count", "2", "-o", "json").Out)!["macAddresses"]!.AsArray().Select(static m => (string?)m));

    [Theory]
    [InlineData("--prefix", "52", "--prefix 52: addresses of the platform's VMs begin with 02, 06, 0A or 0E")]
    [InlineData("--prefix", "2", "--prefix 2: addresses of the platform's VMs begin with 02, 06, 0A or 0E")]
    [InlineData("--prefix", "zz", "--prefix zz: addresses of the platform's VMs begin with 02, 06, 0A or 0E")]
    [InlineData("--count", "0", "--count 0: expected a number from 1 to 1000")]
    [InlineData("--count", "1001", "--count 1001: expected a number from 1 to 1000")]
    [InlineData("--count", "many", "--count many: expected a number from 1 to 1000")]
    public void What_makes_no_sense_is_an_error_that_says_what_does(string option, string value, string message)
    {
        var engine = new FakeEngine();
        var run = CliRun.With(engine, "net", "mac", option, value);
        Assert.Equal((ExitCode.Invalid, $"nodeagent: error: {message}\n"), (run.ExitCode, run.Error));
        Assert.Empty(engine.Calls);
    }
}
