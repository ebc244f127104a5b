using NodeAgent.Tests.Support;
using NodeAgent.Tests.Vm.Nodes;
using Xunit;

namespace NodeAgent.Tests.Vm;

/// <summary>VLANs on the ports of a bridge: the trunk of the VMs' VLANs 21 to 100, and access ports.</summary>
public sealed class TrunkTests
{
    private const string Trunk = "1 PVID Egress Untagged,21-100";

    [VmFact]
    public void The_uplink_carries_vlans_21_to_100_tagged_and_nothing_else()
    {
        using var node = new RackNode(lacp: true);
        node.ApplyExample("layout-a.yaml");

        var applied = node.ApplyExample("trunk-21-100.yaml");

        Assert.Equal("1", node.Reader.Option("br0", "vlan_filtering"));
        Assert.Equal(Trunk, node.Reader.Vlans("bond_data"));
        Assert.Contains("kept", applied.Output, StringComparison.Ordinal);
        // The node's own path is over the same bond, and still there.
        Assert.True(node.Rack.Answers(Rack.DataGateway), "data gateway");
        node.Expect(0, $"net plan --detailed-exitcode -f {AgentBinary.Example("trunk-21-100.yaml")}");
        Assert.Contains("already", node.ApplyExample("trunk-21-100.yaml").Output, StringComparison.Ordinal);
    }

    [VmFact]
    public void Eighty_vlans_are_one_step()
    {
        using var node = new RackNode();
        node.ApplyExample("layout-a.yaml");

        var steps = node.Expect(0, $"net plan -o json -f {AgentBinary.Example("trunk-21-100.yaml")}").Json["steps"]!.AsArray();

        Assert.InRange(steps.Count, 1, 3);
    }

    [VmFact]
    public void Guests_reach_their_vlan_and_no_other()
    {
        using var node = new RackNode(lacp: true);
        foreach (var vlan in new[] { 21, 100 })
        {
            node.Rack.Switch($"link add link fabric name fabric.{vlan} type vlan id {vlan}");
            node.Rack.Switch($"address add 10.{vlan}.0.1/24 dev fabric.{vlan}");
            node.Rack.Switch($"link set fabric.{vlan} up");
            node.Rack.SwitchBridge($"vlan add dev fabric vid {vlan} self");
        }

        node.ApplyExample("layout-a.yaml");
        node.ApplyExample("trunk-21-100.yaml");

        // A guest's port is its own business; Multus gives it its VLAN as an access port.
        using var access = node.Rack.Guest("br0", "tap21", "10.21.0.2/24");
        node.Rack.Bridge("vlan add dev tap21 vid 21 pvid untagged");
        using var tagged = node.Rack.Guest("br0", "tap100", "10.100.0.2/24", vlan: 100);
        node.Rack.Bridge("vlan add dev tap100 vid 100");

        Assert.True(access.Reaches("10.21.0.1"), "the guest on an access port reaches VLAN 21");
        Assert.True(tagged.Reaches("10.100.0.1"), "the guest that tags its frames reaches VLAN 100");
        Assert.False(access.Reaches("10.100.0.1", seconds: 1), "a guest of VLAN 21 reaches VLAN 100");

        // What is not the agent's stays as it is, also when the policy is applied once more.
        Assert.Contains("already", node.ApplyExample("trunk-21-100.yaml").Output, StringComparison.Ordinal);
        Assert.Contains("21 PVID Egress Untagged", node.Reader.Vlans("tap21"), StringComparison.Ordinal);
    }

    [VmFact]
    public void A_smaller_trunk_takes_away_what_it_no_longer_has()
    {
        using var node = new RackNode();
        node.ApplyExample("layout-a.yaml");
        var trunk = File.ReadAllText(AgentBinary.Example("trunk-21-100.yaml"));
        node.Apply("trunk", trunk);

        node.Apply("trunk", trunk.Replace("min: 21", "min: 30", StringComparison.Ordinal).Replace("max: 100", "max: 40", StringComparison.Ordinal));

        Assert.Equal("1 PVID Egress Untagged,30-40", node.Reader.Vlans("bond_data"));
    }

    [VmFact]
    public void Trunk_and_access_ports_of_a_new_bridge()
    {
        using var node = new RackNode();

        node.ApplyExample("linux-bridge.yaml");

        Assert.Equal("10,21-100", node.Reader.Vlans("enp1s1"));
        Assert.Equal("30 PVID Egress Untagged", node.Reader.Vlans("enp2s1"));
        Assert.Equal("100", $"{node.Reader.Link("enp1s1")!["linkinfo"]!["info_slave_data"]!["cost"]}");
        node.Expect(0, $"net plan --detailed-exitcode -f {AgentBinary.Example("linux-bridge.yaml")}");
    }

    [VmFact]
    public void Deleting_the_trunk_leaves_the_layout_as_it_was()
    {
        using var node = new RackNode();
        node.ApplyExample("layout-a.yaml");
        var before = node.Reader.Picture();
        node.ApplyExample("trunk-21-100.yaml");

        node.Expect(0, "net delete trunk-21-100");

        Assert.Equal(before, node.Reader.Picture());
    }
}
