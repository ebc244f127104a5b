using System.Text.Json.Nodes;
using NodeAgent.Cli;
using NodeAgent.Doctor;
using NodeAgent.Tests.Support;
using NodeAgent.Tests.Unit.Doctor;
using Xunit;

namespace NodeAgent.Tests.Unit.Cli;

/// <summary>`doctor` over trees captured from hosts, whole and with named values changed.</summary>
public sealed class DoctorTests
{
    [Fact]
    public void A_host_that_is_not_fit_says_what_fails_first_and_how_to_fix_it()
    {
        using var tree = HostTree.Of("hosts/microvm");
        var run = Run(tree);
        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Equal("", run.Error);
        Golden.Check("doctor-microvm.txt", run.Out);
        Golden.Check("doctor-microvm.json", Run(tree, "-o", "json").Out);
    }

    [Fact]
    public void A_host_with_every_part_of_the_kernel()
    {
        using var tree = HostTree.Of("hosts/debian-vm");
        Golden.Check("doctor-debian-vm.txt", Run(tree).Out);
    }

    [Fact]
    public void In_full_every_check_says_what_is_wanted_and_why()
    {
        using var tree = HostTree.Of("hosts/microvm");
        Golden.Check("doctor-verbose.txt", Run(tree, "-v", "--only", "memory.swap,memory.total", "--only", "nics.count").Out);
    }

    [Fact]
    public void What_is_configured_is_what_is_wanted()
    {
        using var tree = HostTree.Of("hosts/microvm");
        tree.Write("etc/nodeagent/nodeagent.yaml", "doctor: {cpu: {cores: 2}, skip: [nics.count]}\n");
        var checks = Checks(Run(tree, "--only", "cpu.cores,nics.count,memory.total", "--doctor-memory-recommended", "25GB", "-o", "json"));
        Assert.Equal(["ok", "ok", "absent"], checks.Select(static c => (string?)c!["status"]));
        Assert.Equal("2 cores or more", (string?)checks[0]!["wanted"]);
    }

    [Fact]
    public void The_exit_code_is_that_of_the_checks_asked_for()
    {
        using var tree = HostTree.Of("hosts/microvm");
        Assert.Equal(ExitCode.Done, Run(tree, "--only", "memory.swap").ExitCode);
        Assert.Equal(ExitCode.Failed, Run(tree, "--only", "cpu.cores").ExitCode);
    }

    [Theory]
    [InlineData("--only", "cpu.core", "--only: there is no check cpu.core; there are cpu.cores, ")]
    [InlineData("--doctor-skip", "nics", "--doctor-skip: expected ids of checks such as fc.count (`nodeagent doctor --help` lists them), found 'nics'")]
    [InlineData("--doctor-nics-speed", "fast", "--doctor-nics-speed: expected a speed such as 10Gbps, found 'fast'")]
    public void A_wrong_value_is_wrong_usage(string option, string value, string error)
    {
        using var tree = HostTree.Empty();
        var run = Run(tree, option, value);
        Assert.Equal(ExitCode.Invalid, run.ExitCode);
        Assert.StartsWith("nodeagent: error: " + error, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_host_of_which_nothing_can_be_read_is_all_unknown_and_not_an_error()
    {
        using var tree = HostTree.Empty();
        var run = Run(tree, "-o", "json");
        Assert.Equal("", run.Error);
        var checks = Checks(run);
        Assert.Equal(CheckIds.All, checks.Select(static c => (string?)c!["id"]));
        Assert.All(checks, static c => Assert.NotEqual("", (string?)c!["found"]));
        Assert.Contains("unknown", checks.Select(static c => (string?)c!["status"]));
    }

    private static JsonArray Checks(CliRun run) => JsonNode.Parse(run.Out)!["checks"]!.AsArray();

    private static CliRun Run(HostTree tree, params string[] args)
    {
        Directory.CreateDirectory(tree["var/lib"]);
        var output = new StringWriter();
        var error = new StringWriter();
        var code = CommandLine.Run(["doctor", .. args], new CliHost
        {
            Out = output,
            Error = error,
            In = static () => Stream.Null,
            // So wide that no line is broken, wherever the tree's name is in it.
            OutIsTerminal = true,
            TerminalWidth = static () => 400,
            Environment = static name => name == "NO_COLOR" ? "1" : null,
            Engine = static _ => throw new InvalidOperationException("no engine is needed"),
            Roots = tree.Paths,
            Doctor = static run => PlayedSources.Of(run.Settings.Paths),
        });
        // Messages name files by their path, and the tree lies elsewhere each time.
        return new CliRun(code, output.ToString().Replace(tree.Root, "", StringComparison.Ordinal), error.ToString().Replace(tree.Root, "", StringComparison.Ordinal));
    }
}
