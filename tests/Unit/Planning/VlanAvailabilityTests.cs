using NodeAgent.Network.Model;
using NodeAgent.Network.Planning;
using NodeAgent.Network.Schema;
using Xunit;

namespace NodeAgent.Tests.Unit.Planning;

public sealed class VlanAvailabilityTests
{
    [Fact]
    public void Sub_interfaces_of_the_port_take_their_ids()
    {
        var vlans = Of(false, Port("bond0"), Vlan("bond0.10", "bond0", 10), Vlan("bond0.20", "bond0", 20));
        Assert.Equal("1-9, 11-19, 21-4094", vlans.Tagged.ToString());
        Assert.Equal([new TakenVlan(10, "bond0.10", "bond0"), new TakenVlan(20, "bond0.20", "bond0")], vlans.Taken);
        Assert.True(vlans.Untagged);
    }

    [Fact]
    public void A_vlan_of_the_bridge_itself_is_shared() => Assert.Equal("1-4094", Of(false, Port("bond0"), Vlan("br0.20", "br0", 20)).Tagged.ToString());

    [Fact]
    public void Another_tag_protocol_takes_nothing() =>
        Assert.Equal("1-4094", Of(false, Port("bond0"), Vlan("s20", "bond0", 20, 0x88A8)).Tagged.ToString());

    [Fact]
    public void A_filtering_bridge_passes_what_its_uplink_has()
    {
        var vlans = Of(true, Port("bond0", new VlanRange(1, 1, true, true), new VlanRange(21, 100)), Vlan("bond0.50", "bond0", 50));
        Assert.Equal("21-49, 51-100", vlans.Tagged.ToString());
        Assert.True(vlans.Untagged);
        Assert.False(Of(true, Port("bond0", new VlanRange(21, 100))).Untagged);
    }

    [Fact]
    public void An_id_that_another_uplink_brings_is_available()
    {
        var vlans = Of(false, Port("bond0"), Port("bond1"), Vlan("bond0.20", "bond0", 20));
        Assert.Equal("1-4094", vlans.Tagged.ToString());
        Assert.Empty(vlans.Taken);
    }

    [Fact]
    public void Over_a_vlan_link_only_untagged_frames_come()
    {
        var vlans = Of(false, Vlan("bond0.20", "bond0", 20, controller: "br0"));
        Assert.True(vlans.Untagged);
        Assert.True(vlans.Tagged.IsEmpty);
    }

    [Fact]
    public void Without_an_uplink_there_is_none()
    {
        var vlans = Of(false);
        Assert.Empty(vlans.Uplinks);
        Assert.False(vlans.Untagged);
        Assert.True(vlans.Tagged.IsEmpty);
    }

    private static VlanAvailability Of(bool filters, params LinkState[] links)
    {
        var net = new NetworkSnapshot();
        var bridge = new LinkState { Name = "br0", Type = InterfaceType.LinuxBridge, Fields = new FieldSet().Set(BridgeFields.VlanFiltering, filters) };
        net.Put(bridge);
        foreach (var link in links) net.Put(link);
        return VlanAvailability.Of(net, bridge, [.. links.Where(l => l.Controller == "br0")]);
    }

    private static LinkState Port(string name, params VlanRange[] vlans) =>
        new() { Name = name, Type = InterfaceType.Bond, Controller = "br0", Vlans = vlans.Length == 0 ? null : VlanTable.Of(vlans) };

    private static LinkState Vlan(string name, string lower, int id, long protocol = 0x8100, string? controller = null) => new()
    {
        Name = name,
        Type = InterfaceType.Vlan,
        Controller = controller,
        Fields = new FieldSet().Set(VlanFields.BaseLink, lower).Set(VlanFields.Id, id).Set(VlanFields.Protocol, protocol),
    };
}
