using NodeAgent.Tests.Support;
using NodeAgent.Tests.Vm.Nodes;
using Xunit;

namespace NodeAgent.Tests.Vm;

/// <summary>The three layouts as their examples have them: applied, read by ip and bridge, proven by ping, and taken away again.</summary>
public sealed class LayoutTests
{
    [VmFact]
    public void Layout_a_is_made_and_every_gateway_answers()
    {
        using var node = new RackNode(lacp: true);

        node.ApplyExample("layout-a.yaml");

        IsLacpBond(node, "bond_mgmt", "enp1s0", "enp2s0");
        IsLacpBond(node, "bond_data", "enp1s1", "enp2s1");
        IsVlan(node, "bond_mgmt.10", "bond_mgmt", 10);
        IsVlan(node, "bond_data.20", "bond_data", 20);
        IsPlainBridge(node, "br0", "bond_data");
        Assert.Equal(["192.168.0.21/22"], node.Reader.Addresses("bond_mgmt"));
        Assert.Equal(["172.16.0.21/22"], node.Reader.Addresses("bond_mgmt.10"));
        Assert.Equal(["10.20.30.21/16"], node.Reader.Addresses("bond_data.20"));
        Assert.Equal([$"default via {Rack.DataGateway} dev bond_data.20"], node.Reader.Routes());
        Assert.True(node.Rack.Aggregates("bond_mgmt", 2), $"bond_mgmt: {node.Rack.Link("bond_mgmt")}");
        Assert.True(node.Rack.Aggregates("bond_data", 2), $"bond_data: {node.Rack.Link("bond_data")}");
        EveryGatewayAnswers(node);
        NothingIsLeftToDo(node, "layout-a.yaml");
        GoesWithoutATrace(node, "layout-a");
    }

    [VmFact]
    public void Layout_b_is_made_and_every_gateway_answers()
    {
        using var node = new RackNode(lacp: true);

        node.ApplyExample("layout-b.yaml");

        IsLacpBond(node, "bond0", "enp1s0", "enp2s0");
        IsVlan(node, "bond0.10", "bond0", 10);
        IsVlan(node, "bond0.20", "bond0", 20);
        IsPlainBridge(node, "br0", "bond0");
        Assert.Equal(["192.168.0.21/22"], node.Reader.Addresses("br0"));
        Assert.Equal(["172.16.0.21/22"], node.Reader.Addresses("bond0.10"));
        Assert.Equal(["10.20.30.21/16"], node.Reader.Addresses("bond0.20"));
        Assert.Equal([$"default via {Rack.DataGateway} dev bond0.20"], node.Reader.Routes());
        Assert.True(node.Rack.Aggregates("bond0", 2), $"bond0: {node.Rack.Link("bond0")}");
        EveryGatewayAnswers(node);
        NothingIsLeftToDo(node, "layout-b.yaml");
        GoesWithoutATrace(node, "layout-b");
    }

    [VmFact]
    public void Layout_c_is_made_and_node_and_guests_share_vlan_20()
    {
        using var node = new RackNode(lacp: true);

        node.ApplyExample("layout-c.yaml");

        IsVlan(node, "br0.20", "br0", 20);
        IsPlainBridge(node, "br0", "bond0");
        Assert.Equal(["10.20.30.21/16"], node.Reader.Addresses("br0.20"));
        Assert.Equal([$"default via {Rack.DataGateway} dev br0.20"], node.Reader.Routes());
        EveryGatewayAnswers(node);
        using (var guest = node.Rack.Guest("br0", "tap1", "10.20.99.1/16", vlan: 20))
        {
            Assert.True(guest.Reaches(Rack.DataGateway), "a guest on VLAN 20 reaches the gateway");
            Assert.True(guest.Reaches("10.20.30.21"), "a guest on VLAN 20 reaches the node");
        }

        NothingIsLeftToDo(node, "layout-c.yaml");
        GoesWithoutATrace(node, "layout-c");
    }

    [VmFact]
    public void Layout_a_becomes_layout_b_and_back()
    {
        using var node = new RackNode(lacp: true);
        var a = File.ReadAllText(AgentBinary.Example("layout-a.yaml"));
        node.Apply("layout", a);
        var before = node.Reader.Picture();

        node.Apply("layout", Without(File.ReadAllText(AgentBinary.Example("layout-b.yaml")), "bond_mgmt", "bond_data"), "--probe none --allow-disrupt bond_data.20,bond_data");

        Assert.False(node.Reader.Has("bond_mgmt"), "bond_mgmt");
        Assert.False(node.Reader.Has("bond_data"), "bond_data");
        IsLacpBond(node, "bond0", "enp1s0", "enp2s0");
        IsPlainBridge(node, "br0", "bond0");
        EveryGatewayAnswers(node);

        // A document leaves alone what it does not name: the address that layout B gave to br0 goes by name too.
        node.Apply("layout", Without(a, "bond0").Replace("- name: br0\n", "- name: br0\n  ipv4: { enabled: false }\n", StringComparison.Ordinal), "--probe none --allow-disrupt bond0.20,bond0");

        Assert.Equal(before, node.Reader.Picture());
        EveryGatewayAnswers(node);
    }

    /// <summary>With what the document does not name taken away, which a document does by name only.</summary>
    internal static string Without(string document, params string[] links)
    {
        const string interfaces = "interfaces:\n";
        return document.Replace(interfaces, interfaces + string.Concat(links.Select(link => $"- {{ name: {link}, type: bond, state: absent }}\n")), StringComparison.Ordinal);
    }

    private static void IsLacpBond(RackNode node, string bond, params string[] ports)
    {
        Assert.Equal("bond", node.Reader.Kind(bond));
        Assert.Equal("802.3ad", node.Reader.Option(bond, "mode"));
        Assert.Equal("100", node.Reader.Option(bond, "miimon"));
        Assert.Equal("fast", node.Reader.Option(bond, "ad_lacp_rate"));
        Assert.Equal("layer3+4", node.Reader.Option(bond, "xmit_hash_policy"));
        Assert.True(node.Reader.IsUp(bond), bond + " is down");
        Assert.Equal(ports, node.Reader.Links().Where(link => $"{link["master"]}" == bond).Select(link => $"{link["ifname"]}").Order());
        foreach (var port in ports) Assert.True(node.Reader.IsUp(port), port + " is down");
    }

    private static void IsVlan(RackNode node, string vlan, string link, int id)
    {
        Assert.Equal("vlan", node.Reader.Kind(vlan));
        Assert.Equal($"{id}", node.Reader.Option(vlan, "id"));
        Assert.Equal("802.1Q", node.Reader.Option(vlan, "protocol"));
        Assert.Equal(link, $"{node.Reader.Link(vlan)!["link"]}");
        Assert.True(node.Reader.IsUp(vlan), vlan + " is down");
    }

    private static void IsPlainBridge(RackNode node, string bridge, string port)
    {
        Assert.Equal("bridge", node.Reader.Kind(bridge));
        Assert.Equal("0", node.Reader.Option(bridge, "stp_state"));
        // Nothing is added that was not asked for.
        Assert.Equal("0", node.Reader.Option(bridge, "vlan_filtering"));
        Assert.Equal(bridge, node.Reader.Master(port));
        Assert.True(node.Reader.IsUp(bridge), bridge + " is down");
    }

    private static void EveryGatewayAnswers(RackNode node)
    {
        Assert.True(node.Rack.Answers(Rack.NativeGateway), "native gateway");
        Assert.True(node.Rack.Answers(Rack.ManagementGateway), "management gateway");
        Assert.True(node.Rack.Answers(Rack.DataGateway), "data gateway");
    }

    private static void NothingIsLeftToDo(RackNode node, string example)
    {
        node.Expect(0, $"net plan --detailed-exitcode -f {AgentBinary.Example(example)}");
        var exported = node.Expect(0, "net export").Output;
        var plan = node.Expect(0, "net plan -f - -o json", exported);
        Assert.Equal("[]", plan.Json["steps"]!.ToJsonString());
        Assert.Contains("already", node.ApplyExample(example).Output, StringComparison.Ordinal);
    }

    private static void GoesWithoutATrace(RackNode node, string policy)
    {
        node.Expect(0, $"net delete {policy} --allow-disrupt {string.Join(',', node.Reader.Links().Select(link => $"{link["ifname"]}"))}");

        Assert.Equal(Rack.Nics.Append("lo").Order(), node.Reader.Links().Select(link => $"{link["ifname"]}").Order());
        Assert.All(Rack.Nics, nic => Assert.False(node.Reader.IsUp(nic), nic + " was down before"));
        Assert.All(Rack.Nics, nic => Assert.Equal("", node.Reader.Master(nic)));
        Assert.Empty(node.Reader.Routes());
        Assert.Equal("[]", node.Expect(0, "net policies -o json").Json.AsArray().ToJsonString());
    }
}
