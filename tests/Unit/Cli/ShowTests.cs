using System.Text.Json.Nodes;
using NodeAgent.Cli;
using NodeAgent.Network.Applying;
using NodeAgent.Network.Model;
using Xunit;

namespace NodeAgent.Tests.Unit.Cli;

public sealed class ShowTests
{
    private static readonly string[] s_linksOfA = ["bond_mgmt", "bond_mgmt.10", "bond_data", "bond_data.20", "br0", "enp1s0", "enp2s0", "enp1s1", "enp2s1"];

    [Fact]
    public void Layout_A_with_twenty_guests_fits_on_a_page()
    {
        var run = CliRun.With(new FakeEngine { Snapshot = Layouts.A(20), PolicyList = [Layouts.Policy("layout-a", s_linksOfA)] }, "net", "show");
        Assert.Equal(ExitCode.Done, run.ExitCode);
        Assert.All(run.Out.Split('\n'), line => Assert.True(line.Length <= 100, line));
        Golden.Check("show-layout-a.txt", run.Out);
    }

    [Fact]
    public void Problems_come_first()
    {
        var net = Layouts.A(20, "enp2s1", "tap7");
        var run = CliRun.With(
            new FakeEngine
            {
                Snapshot = net,
                PolicyList = [Layouts.Policy("layout-a", s_linksOfA), Layouts.Policy("extra", "br9") with { State = "drifted", Message = "br9 is gone" }],
                WaitingOne = new WaitingTransaction("7c1f", "extra", Layouts.Applied.AddHours(3.5).AddSeconds(24)),
            },
            "net", "show");
        Golden.Check("show-layout-a-problems.txt", run.Out);
    }

    [Fact]
    public void Layout_B_with_taps() =>
        Golden.Check("show-layout-b.txt", CliRun.With(new FakeEngine { Snapshot = Layouts.B(3) }, "net", "show").Out);

    [Fact]
    public void Verbose_lists_every_guest()
    {
        var output = CliRun.With(new FakeEngine { Snapshot = Layouts.A(20) }, "net", "show", "-v").Out;
        for (var i = 1; i <= 20; i++) Assert.Contains($"─ tap{i} ", output);
        Assert.Contains("127.0.0.1/8", output);
    }

    [Fact]
    public void A_node_without_policies_says_what_to_do() =>
        Golden.Check("show-empty.txt", CliRun.With(new FakeEngine(), "net", "show").Out);

    [Fact]
    public void One_link_in_full() =>
        Golden.Check("show-bond.txt", CliRun.With(new FakeEngine { Snapshot = Layouts.A(2, "enp2s1"), PolicyList = [Layouts.Policy("layout-a", s_linksOfA)] }, "net", "show", "bond_data").Out);

    [Fact]
    public void An_unknown_link_fails_and_names_similar_ones()
    {
        var run = CliRun.With(new FakeEngine { Snapshot = Layouts.A() }, "net", "show", "bond");
        Assert.Equal(ExitCode.Failed, run.ExitCode);
        Assert.Equal("nodeagent: error: there is no link bond on this node; there is bond_data, bond_data.20, bond_mgmt, bond_mgmt.10\n", run.Error);
    }

    [Fact]
    public void Pod_links_are_one_line()
    {
        var net = Layouts.A();
        for (var i = 0; i < 30; i++) net.Put(new LinkState { Name = $"lxc{i}", Type = InterfaceType.Veth, Up = true, Carrier = true, LowerElsewhere = true });
        var output = CliRun.With(new FakeEngine { Snapshot = net }, "net", "show").Out;
        Assert.Contains("30 veths (lxc0 … lxc29), all up", output);
        Assert.DoesNotContain("lxc7", output);
    }

    [Fact]
    public void Veth_nics_under_a_bond_are_its_ports_and_no_guests()
    {
        var net = new NetworkSnapshot();
        net.Put(new LinkState { Name = "bond0", Type = InterfaceType.Bond, Controller = "br0", Up = true, Carrier = true });
        net.Put(new LinkState { Name = "br0", Type = InterfaceType.LinuxBridge, Up = true, Carrier = true });
        net.Put(new LinkState { Name = "enp1s0", Type = InterfaceType.Veth, Controller = "bond0", Up = true, Carrier = true, LowerElsewhere = true });
        net.Put(new LinkState { Name = "enp2s0", Type = InterfaceType.Veth, Controller = "bond0", Up = true, Carrier = true, LowerElsewhere = true });
        net.Put(new LinkState { Name = "veth7", Type = InterfaceType.Veth, Controller = "br0", Up = true, Carrier = true, LowerElsewhere = true });
        net.Put(new LinkState { Name = "local", Type = InterfaceType.Veth, Controller = "br0", Up = true, Carrier = true });
        var output = CliRun.With(new FakeEngine { Snapshot = net }, "net", "show").Out;
        Assert.Contains("1 guest port,", output, StringComparison.Ordinal);
        Assert.Contains("no problems", output, StringComparison.Ordinal);
        Assert.Contains("over bond0, local", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_circle_of_links_ends()
    {
        var net = new NetworkSnapshot();
        net.Put(new LinkState { Name = "a", Type = InterfaceType.LinuxBridge, Controller = "b", Up = true });
        net.Put(new LinkState { Name = "b", Type = InterfaceType.LinuxBridge, Controller = "a", Up = true });
        Assert.Equal(ExitCode.Done, CliRun.With(new FakeEngine { Snapshot = net }, "net", "show").ExitCode);
    }

    [Fact]
    public void Json_has_the_promised_names()
    {
        var run = CliRun.With(new FakeEngine { Snapshot = Layouts.A(1, "enp2s1"), PolicyList = [Layouts.Policy("layout-a", s_linksOfA)] }, "net", "show", "-o", "json");
        var node = JsonNode.Parse(run.Out)!;
        var bond = node["links"]!.AsArray().Single(l => (string?)l!["name"] == "bond_data")!;
        Assert.Equal("bond", (string?)bond["type"]);
        Assert.Equal("802.3ad", (string?)bond["options"]!["mode"]);
        Assert.Equal(100, (int)bond["options"]!["miimon"]!);
        Assert.Equal("fast", (string?)bond["options"]!["lacpRate"]);
        Assert.Equal("br0", (string?)bond["controller"]);
        Assert.Equal(["enp1s1", "enp2s1"], bond["ports"]!.AsArray().Select(p => (string?)p));
        Assert.Equal(["bond_data.20"], bond["uppers"]!.AsArray().Select(p => (string?)p));
        Assert.Equal("layout-a", (string?)bond["policies"]![0]);
        Assert.True((bool)node["links"]!.AsArray().Single(l => (string?)l!["name"] == "tap1")!["guest"]!);
        var bridge = node["bridges"]![0]!;
        Assert.Equal(("br0", 1, 19), ((string?)bridge["name"], (int)bridge["vlansAvailable"]![0]!["first"]!, (int)bridge["vlansAvailable"]![0]!["last"]!));
        Assert.Equal((20, "bond_data.20", "bond_data"), ((int)bridge["vlansTaken"]![0]!["id"]!, (string?)bridge["vlansTaken"]![0]!["by"], (string?)bridge["vlansTaken"]![0]!["port"]));
        Assert.Equal("0.0.0.0/0", (string?)node["routes"]![0]!["destination"]);
        Assert.Equal("in force", (string?)node["policies"]![0]!["state"]);
        Assert.Equal("bond_data", (string?)node["problems"]![0]!["link"]);
        Assert.Null(node["waiting"]);
    }

    [Fact]
    public void Yaml_says_the_same_as_json()
    {
        var engine = new FakeEngine { Snapshot = Layouts.A(1) };
        var yaml = new YamlDotNet.RepresentationModel.YamlStream();
        yaml.Load(new StringReader(CliRun.With(engine, "net", "show", "-o", "yaml").Out));
        var json = JsonNode.Parse(CliRun.With(engine, "net", "show", "-o", "json").Out);
        Compare(yaml.Documents[0].RootNode, json);
    }

    private static void Compare(YamlDotNet.RepresentationModel.YamlNode yaml, JsonNode? json)
    {
        switch (yaml)
        {
            case YamlDotNet.RepresentationModel.YamlMappingNode map:
                Assert.Equal(json!.AsObject().Count, map.Children.Count);
                foreach (var (key, value) in map.Children) Compare(value, json[key.ToString()]);
                break;
            case YamlDotNet.RepresentationModel.YamlSequenceNode list:
                Assert.Equal(json!.AsArray().Count, list.Children.Count);
                for (var i = 0; i < list.Children.Count; i++) Compare(list.Children[i], json[i]);
                break;
            default:
                Assert.Equal(json?.ToString() ?? "null", yaml.ToString());
                break;
        }
    }
}
