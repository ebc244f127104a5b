using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using NodeAgent.Cli;
using NodeAgent.Network;
using NodeAgent.Network.Applying;
using NodeAgent.Network.Drift;
using NodeAgent.Network.Model;
using NodeAgent.Network.Planning;
using Xunit;

namespace NodeAgent.Tests.Unit.Cli;

/// <summary>What works with files alone must not even make an engine.</summary>
public sealed class OfflineTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("nodeagent-cli-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_plan_from_one_document_to_another()
    {
        var run = Offline("net", "plan", "--current", Example("layout-a.yaml"), "--desired", Example("trunk-21-100.yaml"), "--detailed-exitcode");
        Assert.Equal("", run.Error);
        Assert.Equal(ExitCode.Changes, run.ExitCode);
        Assert.Contains("bond_data", run.Out, StringComparison.Ordinal);
        Assert.Contains("21-100", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_document_twice_is_nothing_to_do()
    {
        var run = Offline("net", "plan", "--current", Example("layout-b.yaml"), "--desired", Example("layout-b.yaml"), "--detailed-exitcode", "-o", "json");
        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Empty(JsonNode.Parse(run.Out)!["steps"]!.AsArray());
    }

    [Fact]
    public void Removing_the_link_of_the_default_route_is_refused()
    {
        var cut = File("cut.yaml", "interfaces: [{name: bond_data.20, type: vlan, state: absent}]\n");
        var run = Offline("net", "plan", "--current", Example("layout-a.yaml"), "--desired", cut);
        Assert.Equal(ExitCode.Refused, run.ExitCode);
        Assert.Contains("the default route via 10.20.30.1 dev bond_data.20", run.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, Offline("net", "plan", "--current", Example("layout-a.yaml"), "--desired", cut, "--allow-disrupt", "bond_data.20").ExitCode);
    }

    [Fact]
    public void A_control_plane_address_is_guarded_too()
    {
        var cut = File("cut.yaml", "interfaces: [{name: bond_mgmt.10, type: vlan, state: absent}]\n");
        Assert.Equal(ExitCode.Done, Offline("net", "plan", "--current", Example("layout-a.yaml"), "--desired", cut).ExitCode);
        var run = Offline("net", "plan", "--current", Example("layout-a.yaml"), "--desired", cut, "--control-plane", "172.16.0.10");
        Assert.Equal(ExitCode.Refused, run.ExitCode);
        Assert.Contains("172.16.0.10", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_vlan_conflict_is_invalid_input()
    {
        var run = Offline("net", "plan", "--current", Example("layout-b.yaml"), "--desired", Example("layout-c.yaml"));
        Assert.Equal(ExitCode.Invalid, run.ExitCode);
        Assert.Contains("bond0.20", run.Error, StringComparison.Ordinal);
        Assert.Contains("br0.20", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Revert_writes_the_document_that_undoes_a_change()
    {
        var undo = Offline("net", "revert", "--current", Example("layout-a.yaml"), "--desired", Example("trunk-21-100.yaml"));
        Assert.Equal(ExitCode.Done, undo.ExitCode);
        var file = File("undo.yaml", undo.Out);
        var back = Offline("net", "plan", "--current", Example("trunk-21-100.yaml"), "--desired", file, "-o", "json");
        Assert.Equal("", back.Error);
        Assert.NotEmpty(JsonNode.Parse(back.Out)!["steps"]!.AsArray());
    }

    [Theory]
    [InlineData("net plan")]
    [InlineData("net plan --current a.yaml")]
    [InlineData("net plan -f a.yaml --current a.yaml --desired b.yaml")]
    [InlineData("net plan --current - --desired -")]
    public void Half_a_question_is_wrong_usage(string line) => Assert.Equal(ExitCode.Invalid, Offline(line.Split(' ')).ExitCode);

    [Fact]
    public void Export_writes_a_document_that_plans_to_nothing()
    {
        var engine = new FakeEngine { Snapshot = Layouts.A(3) };
        var all = CliRun.With(engine, "net", "export");
        Assert.Equal(ExitCode.Done, all.ExitCode);
        Assert.DoesNotContain("tap1", all.Out, StringComparison.Ordinal);
        var file = File("now.yaml", all.Out);
        var plan = Offline("net", "plan", "--current", file, "--desired", file, "--detailed-exitcode");
        Assert.True(plan.ExitCode == ExitCode.Done, plan.Out + plan.Error);
        var two = CliRun.With(engine, "net", "export", "br0", "bond_data.20", "-o", "json");
        Assert.Equal(["bond_data.20", "br0"], JsonNode.Parse(two.Out)!["interfaces"]!.AsArray().Select(i => (string?)i!["name"]));
        Assert.Single(JsonNode.Parse(two.Out)!["routes"]!["config"]!.AsArray());
    }

    [Fact]
    public void Export_of_what_no_document_can_describe_says_so()
    {
        var run = CliRun.With(new FakeEngine { Snapshot = Layouts.A(1) }, "net", "export", "tap1", "nope");
        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Contains("nodeagent: error: tap1 is of type ", run.Error, StringComparison.Ordinal);
        Assert.Contains("nodeagent: error: there is no link nope on this node", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Import_checks_and_installs_and_applies_nothing()
    {
        var engine = new FakeEngine();
        var run = CliRun.With(engine, "net", "import", Example("nncp.yaml"), Example("dummy.yaml"), "--policies-dir", Path.Combine(_folder, "policies.d"));
        Assert.DoesNotContain("error", run.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.Equal(System.IO.File.ReadAllText(Example("dummy.yaml")), System.IO.File.ReadAllText(Path.Combine(_folder, "policies.d", "dummy.yaml")));
        Assert.Equal(2, Directory.GetFiles(Path.Combine(_folder, "policies.d")).Length);
        Assert.All(engine.Calls, call => Assert.StartsWith("plan ", call, StringComparison.Ordinal));
    }

    [Fact]
    public void Import_refuses_documents_that_disagree_and_a_name_that_is_taken()
    {
        var policies = Path.Combine(_folder, "policies.d");
        var one = File("one.yaml", "interfaces: [{name: br7, type: linux-bridge, state: up, mtu: 1500}]\n");
        var two = File("two.yaml", "interfaces: [{name: br7, type: linux-bridge, state: up, mtu: 9000}]\n");
        var run = CliRun.With(new FakeEngine(), "net", "import", one, two, "--policies-dir", policies);
        Assert.Equal(ExitCode.Invalid, run.ExitCode);
        Assert.Contains("one.yaml", run.Error, StringComparison.Ordinal);
        Assert.Contains("two.yaml", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(policies));
        Assert.Equal(ExitCode.Done, CliRun.With(new FakeEngine(), "net", "import", one, "--policies-dir", policies).ExitCode);
        Assert.Equal(ExitCode.Done, CliRun.With(new FakeEngine(), "net", "import", one, "--policies-dir", policies).ExitCode);
        Directory.CreateDirectory(Path.Combine(_folder, "other"));
        var taken = CliRun.With(new FakeEngine(), "net", "import", File("other/one.yaml", "interfaces: []\n"), "--policies-dir", policies);
        Assert.Equal(ExitCode.Invalid, taken.ExitCode);
        Assert.Contains("is there already and says something else", taken.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Import_from_running_links_writes_a_policy_for_them()
    {
        var run = CliRun.With(new FakeEngine { Snapshot = Layouts.A() }, "net", "import", "--from-running", "bond_mgmt", "bond_mgmt.10", "--name", "management", "--policies-dir", _folder);
        Assert.Equal("", run.Error);
        var text = System.IO.File.ReadAllText(Path.Combine(_folder, "management.yaml"));
        Assert.Contains("name: bond_mgmt\n", text, StringComparison.Ordinal);
        Assert.Contains("name: bond_mgmt.10\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("name: bond_data", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Config_check_finds_errors_of_the_file_and_of_policies()
    {
        var config = File("nodeagent.yaml", "controlPlane: [api.example]\n");
        Directory.CreateDirectory(Path.Combine(_folder, "policies.d"));
        File("policies.d/a.yaml", "interfaces:\n- name: br0\n  mtu: 1\n");
        var run = Offline("config", "check", config, "--policies-dir", Path.Combine(_folder, "policies.d"));
        Assert.Equal(ExitCode.Invalid, run.ExitCode);
        Assert.Contains("nodeagent.yaml:1:16: controlPlane[0]", run.Error, StringComparison.Ordinal);
        Assert.Contains("a.yaml:3:8: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_configuration_file_comes_after_flags_and_environment()
    {
        var config = File("nodeagent.yaml", "controlPlane: [172.16.0.10]\npaths: {state: /file/state, policies: /file/policies}\n");
        Settings? seen = null;
        CliRun.With(new FakeEngine(), new Dictionary<string, string> { ["NODEAGENT_CONFIG"] = config, ["NODEAGENT_STATE_DIR"] = "/env/state" }, ["net", "policies"], onSettings: s => seen = s);
        Assert.Equal("/env/state", seen!.Paths.State);
        Assert.Equal("/file/policies", seen.Paths.PoliciesFolder);
        Assert.Equal("172.16.0.10:6443", Assert.Single(seen.ControlPlane).ToString());
    }

    private static CliRun Offline(params string[] args) => CliRun.With(new NoEngine(), args);

    private static string Example(string name, [CallerFilePath] string caller = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(caller)!, "../../../examples", name));

    private string File(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    private sealed class NoEngine : INetworkEngine
    {
        public NetworkSnapshot Observe() => throw Used();

        public IReadOnlyList<ControlPath> ControlPaths() => throw Used();

        public PlanResult Plan(PolicyDocument document, IReadOnlySet<string> allowDisrupt) => throw Used();

        public ApplyResult Apply(ApplyRequest request, IProgress<ApplyEvent>? progress, CancellationToken cancellation) => throw Used();

        public TransactionReply Confirm(string? transaction) => throw Used();

        public ApplyResult Rollback(string? transaction, IReadOnlySet<string> allowDisrupt, IProgress<ApplyEvent>? progress, CancellationToken cancellation) => throw Used();

        public ApplyResult Delete(string policy, IReadOnlySet<string> allowDisrupt, IProgress<ApplyEvent>? progress, CancellationToken cancellation) => throw Used();

        public IReadOnlyList<PolicyStatus> Policies() => throw Used();

        public IReadOnlyList<string> FreeMacs(int count, byte? prefix) => throw Used();

        public void Watch(Action<NetworkChange> onChange, CancellationToken cancellation) => throw Used();

        private static InvalidOperationException Used() => new("no engine here");
    }
}
