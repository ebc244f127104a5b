using NodeAgent.Tests.Support;
using NodeAgent.Tests.Vm.Nodes;
using Xunit;

namespace NodeAgent.Tests.Vm;

/// <summary>A VLAN link on a bridge's port takes the VLAN away from the bridge's VMs: who asks for both is told so, and what to do.</summary>
public sealed class ExclusivityTests
{
    private const string Vlan20OnTheUplink = """
        interfaces:
        - name: br0
          type: linux-bridge
          state: up
          bridge:
            port:
            - name: bond0
              vlan:
                mode: trunk
                enable-native: true
                tag: 1
                trunk-tags:
                - id: 20
        """;

    [VmFact]
    public void Vlan_20_on_br0_of_layout_b_is_refused_naming_both_and_the_fix()
    {
        using var node = new RackNode();
        node.ApplyExample("layout-b.yaml");
        var before = node.Reader.Picture();

        var refused = node.Apply("vms", Vlan20OnTheUplink, status: 2);

        Assert.Contains("bond0.20", refused.Error, StringComparison.Ordinal);
        Assert.Contains("br0.20", refused.Error, StringComparison.Ordinal);
        Assert.Contains("vms.yaml:", refused.Error, StringComparison.Ordinal);
        Assert.Equal(before, node.Reader.Picture());
        Assert.Equal(2, node.Agent($"net plan -f {Path.Combine(node.Folder, "vms.yaml")}").Status);
    }

    [VmFact]
    public void Vlan_20_on_br0_of_layout_c_passes()
    {
        using var node = new RackNode();
        node.ApplyExample("layout-c.yaml");

        // The VLAN filter this turns on is below br0.20 too: the node keeps its path only if the bridge itself carries VLAN 20.
        node.Apply("vms", Vlan20OnTheUplink, "--probe none --allow-disrupt br0,br0.20,bond0");

        Assert.Equal("1 PVID Egress Untagged,20", node.Reader.Vlans("bond0"));
    }

    [VmFact]
    public void A_vlan_link_made_by_somebody_else_conflicts_just_the_same()
    {
        using var node = new RackNode();
        node.Rack.IpBatch("""
            link add br0 type bridge
            link add bond0 type bond mode active-backup
            link set bond0 master br0
            link add link bond0 name theirs type vlan id 20

            """);

        var refused = node.Apply("vms", Vlan20OnTheUplink, status: 2);

        Assert.Contains("theirs", refused.Error, StringComparison.Ordinal);
    }

    [VmFact]
    public void Net_show_says_which_vlans_vms_can_use()
    {
        using var node = new RackNode();
        node.ApplyExample("layout-b.yaml");
        var shown = node.Expect(0, "net show").Output;
        Assert.Contains("untagged,1-9,11-19,21-4094", shown.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("bond0.20", shown, StringComparison.Ordinal);

        using var other = new RackNode();
        other.ApplyExample("layout-c.yaml");
        Assert.Contains("untagged,1-9,11-4094", other.Expect(0, "net show").Output.Replace(" ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }
}
