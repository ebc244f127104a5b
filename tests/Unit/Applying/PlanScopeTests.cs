using NodeAgent.Network.Applying;
using NodeAgent.Network.Model;
using NodeAgent.Network.Schema;
using Xunit;

namespace NodeAgent.Tests.Unit.Applying;

public sealed class PlanScopeTests
{
    private static readonly DesiredState s_merged = new()
    {
        Interfaces =
        [
            new InterfaceSpec("bond0") { Type = InterfaceType.Bond, Ports = [new PortSpec("eth0")] },
            new InterfaceSpec("bond0.20") { Type = InterfaceType.Vlan, Fields = new FieldSet().Set(VlanFields.BaseLink, "bond0") },
            new InterfaceSpec("br0") { Type = InterfaceType.LinuxBridge, Ports = [new PortSpec("bond0.20")] },
            new InterfaceSpec("eth0") { Type = InterfaceType.Ethernet },
            new InterfaceSpec("eth9") { Type = InterfaceType.Ethernet },
        ],
        Routes = [new RouteSpec { NextHopInterface = "br0" }, new RouteSpec { NextHopInterface = "eth9" }],
    };

    [Theory]
    [InlineData("eth9", "eth9")]
    [InlineData("bond0", "bond0 bond0.20 br0 eth0")]
    [InlineData("br0", "bond0 bond0.20 br0 eth0")]
    public void A_document_concerns_what_it_names_and_what_hangs_together_with_it(string named, string expected)
    {
        var scope = PlanScope.Of(s_merged, new DesiredState { Interfaces = [new InterfaceSpec(named)] });
        Assert.Equal(expected, string.Join(' ', scope.Interfaces.Select(i => i.Name).Order(StringComparer.Ordinal)));
        Assert.Equal(expected.Contains("br0", StringComparison.Ordinal) ? "br0" : "eth9", Assert.Single(scope.Routes).NextHopInterface);
    }

    [Fact]
    public void Laid_over_each_other_the_top_one_s_word_counts_field_by_field()
    {
        var below = new DesiredState { Interfaces = [new InterfaceSpec("br0") { State = InterfaceState.Down, Fields = new FieldSet().Set(CommonFields.Mtu, 1500).Set(BridgeFields.AgeingTime, 300), Ports = [new PortSpec("a")] }, new InterfaceSpec("x") { State = InterfaceState.Absent }] };
        var top = new DesiredState { Interfaces = [new InterfaceSpec("br0") { Fields = new FieldSet().Set(CommonFields.Mtu, 9000) }, new InterfaceSpec("x") { State = InterfaceState.Up }] };
        var merged = SpecOverlay.Over(below, top);
        var bridge = merged.Interfaces[0];
        Assert.Equal(9000, bridge.Fields[CommonFields.Mtu]?.Number);
        Assert.Equal(300, bridge.Fields[BridgeFields.AgeingTime]?.Number);
        Assert.Equal(InterfaceState.Down, bridge.State);
        Assert.Equal("a", Assert.Single(bridge.Ports!).Name);
        Assert.Equal(InterfaceState.Up, merged.Interfaces[1].State);
    }
}
