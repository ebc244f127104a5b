using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Vm;

/// <summary>
/// The kernel fact behind the rule that a VLAN has one owner: a VLAN link over a bridge's port takes
/// its frames before the bridge sees them (layout B), a VLAN link over the bridge itself does not (layout C).
/// </summary>
public sealed class VlanExclusivityTests
{
    [VmFact]
    public void In_layout_b_a_guest_cannot_use_the_vlan_of_bond0_20()
    {
        using var rack = Rack.Create(lacp: true);
        rack.IpBatch(Layout("bond0"));
        using var guest = rack.Guest("br0", "tap1", "10.20.99.1/16", vlan: 20);

        Assert.True(rack.Answers(Rack.DataGateway), "the node itself reaches the gateway");
        Assert.False(guest.Reaches(Rack.DataGateway, seconds: 2), "the guest reaches the gateway on the node's VLAN");
    }

    [VmFact]
    public void In_layout_c_node_and_guest_share_vlan_20()
    {
        using var rack = Rack.Create(lacp: true);
        rack.IpBatch(Layout("br0"));
        using var guest = rack.Guest("br0", "tap1", "10.20.99.1/16", vlan: 20);

        Assert.True(rack.Answers(Rack.DataGateway), "the node itself reaches the gateway");
        Assert.True(guest.Reaches(Rack.DataGateway), "the guest reaches the gateway");
        Assert.True(guest.Reaches("10.20.30.5"), "the guest reaches the node");
    }

    [VmFact]
    public void In_layout_b_a_guest_uses_any_other_vlan_of_the_trunk()
    {
        using var rack = Rack.Create(lacp: true);
        rack.IpBatch(Layout("bond0"));
        rack.Switch("link add link fabric name fabric.30 type vlan id 30");
        rack.Switch("address add 10.30.0.1/24 dev fabric.30");
        rack.Switch("link set fabric.30 up");
        rack.SwitchBridge("vlan add dev fabric vid 30 self");
        using var guest = rack.Guest("br0", "tap1", "10.30.0.2/24", vlan: 30);

        Assert.True(guest.Reaches("10.30.0.1"), "the guest reaches VLAN 30");
    }

    private static string Layout(string over20) => $"""
        link add bond0 type bond mode 802.3ad miimon 50 lacp_rate fast
        link set enp1s0 master bond0
        link set enp2s0 master bond0
        link add br0 type bridge forward_delay 0
        link set bond0 master br0
        link add link bond0 name bond0.10 type vlan id 10
        link add link {over20} name {over20}.20 type vlan id 20
        address add 192.168.0.5/22 dev br0
        address add 172.16.0.5/22 dev bond0.10
        address add 10.20.30.5/16 dev {over20}.20
        link set bond0 up
        link set br0 up
        link set bond0.10 up
        link set {over20}.20 up

        """;
}
