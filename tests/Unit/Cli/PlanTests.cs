using NodeAgent.Cli;
using NodeAgent.Network.Model;
using NodeAgent.Network.Planning;
using NodeAgent.Network.Spec;
using Xunit;

namespace NodeAgent.Tests.Unit.Cli;

public sealed class PlanTests
{
    public static readonly Plan Sample = new()
    {
        Steps =
        [
            new CreateLinkStep { Kind = "linux-bridge", Link = "br0", Type = InterfaceType.LinuxBridge, Fields = new FieldSet(), Reason = "br0 does not exist", Policy = "a", Changes = [new Change("state", null, "up")] },
            new SetFieldsStep { Kind = "bond", Link = "bond0", Type = InterfaceType.Bond, Fields = new FieldSet(), Reason = "mtu differs", Changes = [new Change("mtu", "1500", "9000")] },
            new RemoveLinkStep { Kind = "vlan", Link = "bond0.7", Reason = "asked to be absent", Changes = [new Change("state", "up", null)] },
        ],
        Notes = ["tap1 is left alone"],
    };

    [Fact]
    public void A_plan_reads_as_a_diff()
    {
        var run = Plan(Sample);
        Assert.Equal(ExitCode.Done, run.ExitCode);
        Golden.Check("plan.txt", run.Out);
    }

    [Fact]
    public void Json_has_the_promised_names() => Golden.Check("plan.json", Plan(Sample, "-o", "json").Out);

    [Fact]
    public void Exit_3_only_with_detailed_exitcode_and_changes()
    {
        Assert.Equal(ExitCode.Changes, Plan(Sample, "--detailed-exitcode").ExitCode);
        Assert.Equal(ExitCode.Done, Plan(Network.Planning.Plan.Empty, "--detailed-exitcode").ExitCode);
    }

    [Fact]
    public void A_refusal_exits_4_with_its_sentence()
    {
        var refused = Sample with { Refusals = [new Refusal { Step = 2, Link = "bond0.7", Path = "the default route", Message = "step 3 is refused: it cuts the default route" }] };
        var run = Plan(refused, "--detailed-exitcode");
        Assert.Equal(ExitCode.Refused, run.ExitCode);
        Assert.Equal("nodeagent: error: step 3 is refused: it cuts the default route\n", run.Error);
    }

    [Fact]
    public void Errors_of_the_engine_exit_2()
    {
        var engine = new FakeEngine { PlanResult = new PlanResult { Errors = [new SpecError(new SourceMark("a.yaml", 3, 5), "vlan.id", "is taken by b.yaml")] } };
        var run = CliRun.With(engine, new Dictionary<string, string>(), ["net", "plan", "-f", "-"], "interfaces: []");
        Assert.Equal(ExitCode.Invalid, run.ExitCode);
        Assert.Equal("nodeagent: error: a.yaml:3:5: vlan.id: is taken by b.yaml\n", run.Error);
    }

    private static CliRun Plan(Plan plan, params string[] options) =>
        CliRun.With(new FakeEngine { PlanResult = new PlanResult { Plan = plan } }, new Dictionary<string, string>(), ["net", "plan", "-f", "-", .. options], "interfaces: []");
}
