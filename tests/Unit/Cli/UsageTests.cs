using System.Text.RegularExpressions;
using NodeAgent.Cli;
using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Unit.Cli;

public sealed class UsageTests
{
    [Theory]
    [InlineData("nett", "nodeagent has no command 'nett'; it has run, status, doctor, net, storage, kvm, migration, config")]
    [InlineData("net", "nodeagent net needs a command: show, plan, ")]
    [InlineData("net shwo", "nodeagent net has no command 'shwo'; it has show, plan, ")]
    [InlineData("net show a b", "Unrecognized command or argument 'b'.")]
    [InlineData("net show --nope", "there is no option --nope")]
    [InlineData("net show -o xml", "-o xml: expected table, json or yaml")]
    [InlineData("net show --control-plane api.example", "--control-plane: expected an address (not a name) such as 172.16.0.10 or 172.16.0.10:6443, found 'api.example'")]
    [InlineData("net show --config /nonexistent/nodeagent.yaml", "/nonexistent/nodeagent.yaml")]
    [InlineData("net apply", "Option '--file' is required.")]
    [InlineData("net apply -f /nonexistent", "/nonexistent: cannot be read: there is no such file")]
    [InlineData("net apply -f --nope", "there is no option --nope")]
    [InlineData("net delete", "Required argument 'POLICY' missing for command: 'delete'.")]
    public void Wrong_usage_exits_2_and_says_what_is_wrong(string line, string cause)
    {
        var run = CliRun.With(new FakeEngine(), line.Split(' '));
        Assert.Equal(ExitCode.Invalid, run.ExitCode);
        Assert.Contains(cause, run.Error, StringComparison.Ordinal);
        Assert.StartsWith("nodeagent: error: ", run.Error, StringComparison.Ordinal);
        Assert.Equal("", run.Out);
    }

    [Fact]
    public void Every_command_has_a_help_text_with_examples()
    {
        foreach (var path in Paths())
        {
            var run = CliRun.With(new FakeEngine(), [.. path, "--help"]);
            Assert.Equal(ExitCode.Done, run.ExitCode);
            Assert.Contains($"Usage: nodeagent {string.Join(' ', path)}".TrimEnd(), run.Out, StringComparison.Ordinal);
            Assert.Contains("Exit codes: 0 done", run.Out, StringComparison.Ordinal);
            if (!run.Out.Contains("\nCommands:", StringComparison.Ordinal)) Assert.Contains("Examples:\n  # ", run.Out, StringComparison.Ordinal);
            Assert.All(run.Out.Split('\n'), line => Assert.True(line.Length <= 130, line));
        }
    }

    [Theory]
    [InlineData("run", "--metrics-interval TIME ", "--grpc-tcp-identities ROLE=IDENTITY… ")]
    [InlineData("net apply", "--confirm TIME ", "--allow-disrupt LINK… ")]
    [InlineData("doctor", "--doctor-cpu-cores N ", "--only ID… ")]
    public void Help_shows_which_options_take_several_values(string command, string one, string several)
    {
        var help = CliRun.With(new FakeEngine(), [.. command.Split(' '), "--help"]).Out;
        Assert.Contains(one, help, StringComparison.Ordinal);
        Assert.Contains(several, help, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_command_has_a_row_in_the_README()
    {
        var cells = File.ReadAllLines(Path.Combine(ProjectFolder.Path, "README.md")).Where(static l => l.StartsWith("| `nodeagent ", StringComparison.Ordinal)).Select(static l => l.Split('|')[1]).ToList();
        var paths = Paths().Select(static p => string.Join(' ', p)).ToList();
        // Of those that hold others, the others have.
        var commands = paths.Where(path => path.Length > 0 && !paths.Exists(other => other.StartsWith(path + " ", StringComparison.Ordinal)));
        Assert.All(commands, command => Assert.Contains(cells, cell => Regex.IsMatch(cell, $"`(nodeagent )?{command}[ `]")));
    }

    [Fact]
    public void The_version_is_one_line() => Assert.Matches("^nodeagent [0-9]+\\.[0-9]+\\.[0-9]+\n$", CliRun.With(new FakeEngine(), "--version").Out);

    [Fact]
    public void No_arguments_print_help() => Assert.Contains("Usage: nodeagent COMMAND", CliRun.With(new FakeEngine()).Out, StringComparison.Ordinal);

    [Fact]
    public void Flags_win_over_the_environment()
    {
        var environment = new Dictionary<string, string>
        {
            ["NODEAGENT_STATE_DIR"] = "/env/state",
            ["NODEAGENT_RUN_DIR"] = "/env/run",
            ["NODEAGENT_CONTROL_PLANE"] = "10.0.0.1,10.0.0.2",
        };
        Settings? seen = null;
        CliRun.With(new FakeEngine(), environment, ["net", "policies", "--state-dir", "/flag/state"], onSettings: s => seen = s);
        Assert.Equal("/flag/state", seen!.Paths.State);
        Assert.Equal("/env/run", seen.Paths.Run);
        Assert.Equal("/etc/nodeagent/policies.d", seen.Paths.PoliciesFolder);
        Assert.Equal(["10.0.0.1:6443", "10.0.0.2:6443"], seen.ControlPlane.Select(a => a.ToString()));
        CliRun.With(new FakeEngine(), environment, ["--control-plane", "10.9.9.9", "net", "policies"], onSettings: s => seen = s);
        Assert.Equal(["10.9.9.9:6443"], seen.ControlPlane.Select(a => a.ToString()));
    }

    [Fact]
    public void An_engine_that_cannot_start_fails_with_its_sentence()
    {
        var error = new StringWriter();
        var code = CommandLine.Run(["net", "show"], new CliHost
        {
            Out = TextWriter.Null,
            Error = error,
            In = static () => Stream.Null,
            Engine = static _ => throw new IOException("no netlink here"),
        });
        Assert.Equal(ExitCode.Failed, code);
        Assert.Equal("nodeagent: error: no netlink here\n", error.ToString());
    }

    /// <summary>Every command there is, found by reading the help texts.</summary>
    private static IEnumerable<string[]> Paths()
    {
        var queue = new Queue<string[]>([[]]);
        while (queue.TryDequeue(out var path))
        {
            yield return path;
            var lines = CliRun.With(new FakeEngine(), [.. path, "--help"]).Out.Split('\n');
            var start = Array.IndexOf(lines, "Commands:");
            if (start < 0) continue;
            foreach (var line in lines[(start + 1)..].TakeWhile(l => l.Length > 0))
            {
                if (line[2] != ' ') queue.Enqueue([.. path, line.Trim().Split(' ')[0]]);
            }
        }
    }
}
