using System.Text.Json.Nodes;
using NodeAgent.Cli;
using NodeAgent.Network.Applying;
using NodeAgent.Network.Model;
using NodeAgent.Network.Planning;
using Xunit;

namespace NodeAgent.Tests.Unit.Cli;

public sealed class ApplyTests : IDisposable
{
    private const string Document = "interfaces:\n- name: br0\n  type: linux-bridge\n  state: up\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("nodeagent-cli-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(ApplyOutcome.Committed, 0)]
    [InlineData(ApplyOutcome.NothingToDo, 0)]
    [InlineData(ApplyOutcome.Failed, 1)]
    [InlineData(ApplyOutcome.Invalid, 2)]
    [InlineData(ApplyOutcome.Refused, 4)]
    [InlineData(ApplyOutcome.RolledBack, 5)]
    public void Each_outcome_has_its_exit_code(ApplyOutcome outcome, int code)
    {
        var engine = new FakeEngine { ApplyResult = new ApplyResult { Outcome = outcome, Message = "the message", Causes = ["first cause", "second cause"] } };
        var run = CliRun.With(engine, "net", "apply", "-f", File("a.yaml"));
        Assert.Equal(code, run.ExitCode);
        if (code == 0) Assert.Equal("a: the message\n", run.Out);
        else Assert.Equal("nodeagent: error: the message\nnodeagent: error: first cause\nnodeagent: error: second cause\n", run.Error);
    }

    [Fact]
    public void Options_reach_the_engine()
    {
        var engine = new FakeEngine();
        var run = CliRun.With(
            engine, "net", "apply", "-f", File("a.yaml"), "--confirm", "1m30s", "--allow-disrupt", "bond0", "--allow-disrupt", "br0,br1",
            "--probe", "tcp:[fd00::1]:6443", "--probe", "gateway:10.0.0.1", "--probe", "gateway");
        Assert.Equal("", run.Error);
        var request = Assert.Single(engine.Requests);
        Assert.Equal("a", request.Document.Name);
        Assert.Equal(TimeSpan.FromSeconds(90), request.Confirm);
        Assert.Equal(["bond0", "br0", "br1"], request.AllowDisrupt.Order());
        Assert.Equal(
            [new ProbeSpec { Kind = ProbeKind.Tcp, Host = "fd00::1", Port = 6443 }, new ProbeSpec { Kind = ProbeKind.Gateway, Host = "10.0.0.1" }, new ProbeSpec { Kind = ProbeKind.Gateway }],
            request.Probes!);
    }

    [Fact]
    public void Without_probe_options_the_document_decides_and_none_is_an_empty_list()
    {
        var engine = new FakeEngine();
        CliRun.With(engine, "net", "apply", "-f", File("a.yaml"));
        CliRun.With(engine, "net", "apply", "-f", File("a.yaml"), "--probe", "none");
        Assert.Null(engine.Requests[0].Probes);
        Assert.Empty(engine.Requests[1].Probes!);
    }

    [Theory]
    [InlineData("--probe", "ping")]
    [InlineData("--probe", "tcp:10.0.0.1")]
    [InlineData("--probe", "tcp:10.0.0.1:0")]
    [InlineData("--probe", "gateway:here")]
    [InlineData("--confirm", "30")]
    [InlineData("--confirm", "0s")]
    public void Bad_values_exit_2_and_reach_no_engine(string option, string value)
    {
        var engine = new FakeEngine();
        var run = CliRun.With(engine, "net", "apply", "-f", File("a.yaml"), option, value);
        Assert.Equal(ExitCode.Invalid, run.ExitCode);
        Assert.Contains($"nodeagent: error: {option} {value}: ", run.Error, StringComparison.Ordinal);
        Assert.Empty(engine.Calls);
    }

    [Fact]
    public void Standard_input_folders_and_several_files_are_read_and_applied_in_order()
    {
        var engine = new FakeEngine();
        var sub = Directory.CreateDirectory(Path.Combine(_folder, "sub")).FullName;
        File("sub/2.yaml");
        File("sub/1.yml");
        File("sub/README.md");
        var run = CliRun.With(engine, new Dictionary<string, string>(), ["net", "apply", "-f", sub, "-f", "-"], "apiVersion: nmstate.io/v1\nkind: NodeNetworkConfigurationPolicy\nmetadata: {name: from-input}\nspec: {desiredState: {interfaces: []}}\n");
        Assert.Equal("", run.Error);
        Assert.Equal(["apply 1", "apply 2", "apply from-input"], engine.Calls);
    }

    [Fact]
    public void Nothing_is_applied_where_one_of_several_documents_is_wrong()
    {
        var engine = new FakeEngine();
        var bad = File("b.yaml", "interfaces:\n- name: br0\n  mtu: big\n");
        var run = CliRun.With(engine, "net", "apply", "-f", File("a.yaml"), "-f", bad, "-o", "json");
        Assert.Equal(ExitCode.Invalid, run.ExitCode);
        Assert.Contains($"nodeagent: error: {bad}:3:8: ", run.Error, StringComparison.Ordinal);
        Assert.Equal("invalid", (string?)JsonNode.Parse(run.Out)!["outcome"]);
        Assert.Equal(3, (int)JsonNode.Parse(run.Out)!["errors"]![0]!["line"]!);
        Assert.Empty(engine.Calls);
    }

    [Fact]
    public void What_follows_a_failure_is_not_tried()
    {
        var engine = new FakeEngine { ApplyResult = new ApplyResult { Outcome = ApplyOutcome.RolledBack, Message = "rolled back" } };
        var run = CliRun.With(engine, "net", "apply", "-f", File("a.yaml"), "-f", File("b.yaml"));
        Assert.Equal(ExitCode.RolledBack, run.ExitCode);
        Assert.Equal(["apply a"], engine.Calls);
        Assert.Contains("b.yaml) was not tried", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_of_a_refusal()
    {
        var engine = new FakeEngine
        {
            ApplyResult = new ApplyResult
            {
                Outcome = ApplyOutcome.Refused,
                Message = "refused: it would cut the default route",
                Duration = TimeSpan.FromMilliseconds(12.34),
                Plan = PlanTests.Sample with { Refusals = [new Refusal { Step = 1, Link = "br0", Path = "the default route", Taps = ["tap1"], Message = "refused: it would cut the default route" }] },
            },
        };
        var run = CliRun.With(engine, "net", "apply", "-f", File("a.yaml"), "-o", "json");
        Assert.Equal(ExitCode.Refused, run.ExitCode);
        Assert.Equal("nodeagent: error: refused: it would cut the default route\n", run.Error);
        Golden.Check("apply-refused.json", run.Out);
    }

    [Fact]
    public void Progress_is_a_line_for_each_stage()
    {
        var engine = new FakeEngine
        {
            Events =
            [
                new ApplyEvent(ApplyStage.Plan, "3 steps", 0, 3), new ApplyEvent(ApplyStage.Journal, "transaction 7c1f"),
                new ApplyEvent(ApplyStage.Apply, "applying", 1, 3), new ApplyEvent(ApplyStage.Apply, "applying", 3, 3),
                new ApplyEvent(ApplyStage.Verify, "read back: as asked for"), new ApplyEvent(ApplyStage.Commit, "committed"),
            ],
        };
        Assert.Equal(
            "planned: 3 steps\njournal: transaction 7c1f\napplying 3/3\nverified: read back: as asked for\ncommitted\n",
            CliRun.With(engine, "net", "apply", "-f", File("a.yaml")).Error);
    }

    [Fact]
    public void Dry_run_plans_only()
    {
        var engine = new FakeEngine { PlanResult = new PlanResult { Plan = PlanTests.Sample } };
        var run = CliRun.With(engine, "net", "apply", "-f", File("a.yaml"), "--dry-run");
        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Equal(["plan a allow "], engine.Calls);
        Assert.Contains("+ linux-bridge br0\n", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Confirm_rollback_and_delete_reach_the_engine()
    {
        var engine = new FakeEngine { ApplyResult = new ApplyResult { Outcome = ApplyOutcome.RolledBack, Message = "rolled back" } };
        Assert.Equal(ExitCode.Done, CliRun.With(engine, "net", "confirm").ExitCode);
        Assert.Equal(ExitCode.Done, CliRun.With(engine, "net", "confirm", "7c1f").ExitCode);
        Assert.Equal(ExitCode.Done, CliRun.With(engine, "net", "rollback").ExitCode);
        Assert.Equal(ExitCode.RolledBack, CliRun.With(engine, "net", "delete", "a", "--allow-disrupt", "br0").ExitCode);
        Assert.Equal(["confirm ", "confirm 7c1f", "rollback ", "delete a allow br0"], engine.Calls);
    }

    [Fact]
    public void Nothing_to_confirm_fails()
    {
        var run = CliRun.With(new FakeEngine { Reply = new TransactionReply(false, "no transaction waits") }, "net", "confirm", "-o", "json");
        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Equal("nodeagent: error: no transaction waits\n", run.Error);
        Assert.False((bool)JsonNode.Parse(run.Out)!["done"]!);
    }

    private string File(string name, string text = Document)
    {
        var path = Path.Combine(_folder, name);
        System.IO.File.WriteAllText(path, text);
        return path;
    }
}
