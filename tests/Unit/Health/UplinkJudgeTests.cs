using NodeAgent.Network.Health;
using NodeAgent.Network.Model;
using NodeAgent.Network.Schema;
using Xunit;

namespace NodeAgent.Tests.Unit.Health;

public sealed class UplinkJudgeTests
{
    private static readonly VlanRange s_native = new(1, 1, true, true);

    [Fact]
    public void A_VLAN_that_a_guest_uses_and_the_uplink_lacks_is_named_with_the_fix()
    {
        var found = Assert.Single(UplinkJudge.Judge(Case([s_native, new(20, 20)], Tap("tap1", new VlanRange(30, 30, true, true)))));
        Assert.Equal("vlans missing", found.State);
        Assert.Equal("does not let VLAN 30 through, which tap1 needs: add trunk-tags: [{id: 30}] to the vlan: of port bond0 of br0 in policy layout-a", found.Sentence);
    }

    [Fact]
    public void Ranges_and_many_guests_are_one_sentence()
    {
        var taps = Enumerable.Range(1, 5).Select(static i => Tap($"tap{i}", new VlanRange(30, 39), new VlanRange(50, 50))).ToArray();
        var found = Assert.Single(UplinkJudge.Judge(Case([s_native], taps)));
        Assert.Equal("does not let VLAN 30-39, 50 through, which tap1, tap2, tap3 and 2 more need: add trunk-tags: [{id-range: {min: 30, max: 39}}, {id: 50}] to the vlan: of port bond0 of br0 in policy layout-a", found.Sentence);
    }

    [Fact]
    public void The_bridges_own_VLAN_links_need_theirs()
    {
        var found = Assert.Single(UplinkJudge.Judge(Case([s_native]) with { OverBridge = [Vlan("br0.20", 20)] }));
        Assert.StartsWith("does not let VLAN 20 through, which br0.20 needs", found.Sentence);
    }

    [Fact]
    public void A_VLAN_link_on_the_uplink_takes_what_a_guest_needs()
    {
        var found = Assert.Single(UplinkJudge.Judge(Case([s_native, new(20, 20)], Tap("tap1", new VlanRange(20, 20))) with { OverUplink = [Vlan("bond0.20", 20), Vlan("bond0.10", 10)] }));
        Assert.Equal("vlans taken", found.State);
        Assert.Equal("does not bring VLAN 20 to br0, where tap1 needs it: bond0.20 takes its frames first; put br0.20 in the place of bond0.20 and both have it", found.Sentence);
    }

    [Fact]
    public void What_another_uplink_brings_is_brought() =>
        Assert.Empty(UplinkJudge.Judge(Case([s_native], Tap("tap1", new VlanRange(30, 30))) with { Others = [Port("eth9", new VlanRange(30, 30))] }));

    [Fact]
    public void The_default_VLAN_beside_others_is_nobodys_wish()
    {
        Assert.Empty(UplinkJudge.Judge(Case([new(30, 30)], Tap("tap1", s_native, new VlanRange(30, 30)))));
        var alone = Assert.Single(UplinkJudge.Judge(Case([new(30, 30)], Tap("tap1", s_native))));
        Assert.StartsWith("does not let VLAN 1 through, which tap1 needs", alone.Sentence);
    }

    [Fact]
    public void A_bridge_that_does_not_filter_lets_everything_through()
    {
        var plain = Case([s_native], Tap("tap1", new VlanRange(30, 30)));
        Assert.Empty(UplinkJudge.Judge(plain with { Bridge = new LinkState { Name = "br0", Type = InterfaceType.LinuxBridge, Fields = new FieldSet().Set(BridgeFields.VlanFiltering, false) } }));
        Assert.Empty(UplinkJudge.Judge(plain with { Uplink = new LinkState { Name = "bond0", Type = InterfaceType.Bond, Controller = "br0" } }));
    }

    private static UplinkCase Case(VlanRange[] allowed, params LinkState[] guests) => new()
    {
        Bridge = new LinkState { Name = "br0", Type = InterfaceType.LinuxBridge, Up = true, Fields = new FieldSet().Set(BridgeFields.VlanFiltering, true) },
        Uplink = Port("bond0", allowed),
        Guests = guests,
        Policy = "layout-a",
    };

    private static LinkState Port(string name, params VlanRange[] vlans) => new() { Name = name, Type = InterfaceType.Bond, Controller = "br0", Up = true, Vlans = VlanTable.Of(vlans) };

    private static LinkState Tap(string name, params VlanRange[] vlans) => new() { Name = name, Type = InterfaceType.Tun, Controller = "br0", Up = true, Vlans = VlanTable.Of(vlans) };

    private static LinkState Vlan(string name, int id) => new() { Name = name, Type = InterfaceType.Vlan, Fields = new FieldSet().Set(VlanFields.Id, id) };
}
