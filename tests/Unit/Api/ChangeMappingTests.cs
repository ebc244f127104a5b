using Google.Protobuf;
using NodeAgent.Api.Mapping;
using NodeAgent.Network.Applying;
using NodeAgent.Network.Drift;
using NodeAgent.Network.Model;
using NodeAgent.Network.Planning;
using NodeAgent.Network.Spec;
using Xunit;
using V1 = NodeAgent.Api.V1;

namespace NodeAgent.Tests.Unit.Api;

public sealed class ChangeMappingTests
{
    [Fact]
    public void Stages_have_the_same_names_on_both_sides()
    {
        foreach (var stage in Enum.GetValues<ApplyStage>())
        {
            var wire = ChangeMapping.ToWire(new ApplyEvent(stage, "text", 3, 7));
            Assert.Equal(stage.ToString(), wire.Stage.ToString());
            Assert.Equal(new ApplyEvent(stage, "text", 3, 7), ChangeMapping.FromWire(wire));
        }

        Assert.Equal(Enum.GetValues<ApplyStage>().Length + 1, Enum.GetValues<V1.ChangeStage>().Length);
    }

    [Theory]
    [InlineData(ApplyOutcome.Committed, "7c1f")]
    [InlineData(ApplyOutcome.NothingToDo, null)]
    [InlineData(ApplyOutcome.Refused, null)]
    [InlineData(ApplyOutcome.RolledBack, "7c1f")]
    [InlineData(ApplyOutcome.Failed, "7c1f")]
    public void Results_come_back(ApplyOutcome outcome, string? transaction)
    {
        var result = new ApplyResult { Outcome = outcome, Message = "why", Transaction = transaction, Causes = ["one", "two"], Duration = TimeSpan.FromTicks(1234567), Plan = new Plan { Notes = ["left alone"] } };
        var back = ChangeMapping.FromWire(V1.ChangeResult.Parser.ParseFrom(ChangeMapping.ToWire(result).ToByteArray()));
        Assert.Equal((outcome, "why", transaction, result.Duration), (back.Outcome, back.Message, back.Transaction, back.Duration));
        Assert.Equal(result.Causes, back.Causes);
        Assert.Equal(result.Plan.Notes, back.Plan.Notes);
    }

    [Fact]
    public void Policies_errors_probes_and_control_paths_come_back()
    {
        var drift = new DriftRecord { Policy = "p", Link = "br0", Field = "mtu", Wanted = null, Found = "9000", Since = new DateTimeOffset(2026, 11, 20, 8, 0, 0, TimeSpan.Zero).AddTicks(7), By = "process 7 (ip)" };
        var policy = new PolicyStatus { Name = "p", File = "/p.yaml", Links = ["br0"], Mode = PolicyMode.Observe, Applied = drift.Since, Generation = 3, Repairs = 4, State = "drifted", Message = "m", Drift = [drift] };
        var back = PolicyMapping.FromWire(PolicyMapping.ToWire(policy));
        Assert.Equal(policy with { Links = [], Drift = [] }, back with { Links = [], Drift = [] });
        Assert.Equal(policy.Drift, back.Drift);

        SpecError[] errors = [new(new SourceMark("a.yaml", 3, 7), "interfaces[0].mtu", "wrong"), new(default, "", "all wrong")];
        Assert.Equal(errors, errors.Select(static e => ErrorMapping.FromWire(ErrorMapping.ToWire(e))));

        ProbeSpec[] probes = [new() { Kind = ProbeKind.Tcp, Host = "api", Port = 6443, Timeout = TimeSpan.FromSeconds(2.5) }, new() { Kind = ProbeKind.Gateway }];
        Assert.Equal(probes, ProbeMapping.ToWire(probes).Probes.Select(ProbeMapping.FromWire));
        Assert.All(ProbeMapping.ToWire(probes).Probes, static p => Assert.Null(ProbeMapping.Problem(p)));

        var path = new ControlPath { Description = "d", Link = "eth0", Source = System.Net.IPAddress.Loopback, IsDefaultRoute = true };
        Assert.Equal(path, ControlPathMapping.FromWire(ControlPathMapping.ToWire(path)));
    }

    [Theory]
    [InlineData("{ }", "kind")]
    [InlineData("""{ "kind": "PROBE_KIND_TCP", "port": 22 }""", "host")]
    [InlineData("""{ "kind": "PROBE_KIND_TCP", "host": "a", "port": 70000 }""", "port")]
    [InlineData("""{ "kind": "PROBE_KIND_GATEWAY", "host": "10.1" }""", "host")]
    [InlineData("""{ "kind": "PROBE_KIND_GATEWAY", "timeout": "-1s" }""", "timeout")]
    [InlineData("""{ "kind": "PROBE_KIND_GATEWAY", "timeout": "3600s" }""", "timeout")]
    public void A_wrong_probe_is_said_to_be(string json, string field) =>
        Assert.StartsWith(field + ":", ProbeMapping.Problem(V1.Probe.Parser.ParseJson(json)), StringComparison.Ordinal);
}
