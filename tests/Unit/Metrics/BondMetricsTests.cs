using NodeAgent.Native.Rtnl.Kinds;
using NodeAgent.Network.Model;
using Xunit;

namespace NodeAgent.Tests.Unit.Metrics;

/// <summary>What is shown of LACP.</summary>
public sealed class BondMetricsTests : IDisposable
{
    private const LacpPortState Agreed = (LacpPortState)63;
    private readonly NodeFixture _node = new();

    [Fact]
    public void Two_ports_that_agree()
    {
        Sample(Port(1, Agreed, Agreed), Port(1, Agreed, Agreed));
        Shows("nodeagent_bond_aggregators{link=\"bond0\"} 1");
        Shows("nodeagent_bond_port_lacp_partner_ok{bond=\"bond0\",link=\"a\"} 1");
        Shows("nodeagent_bond_port_lacp_partner_ok{bond=\"bond0\",link=\"b\"} 1");
        Assert.DoesNotContain("nodeagent_bond_port_churned{", Exposed.Text(_node.Registry), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(71, 0)]
    [InlineData(0x87, 3)]
    [InlineData(63, 7)]
    [InlineData(7, 15)]
    public void A_port_of_which_an_end_does_not_agree_is_not_ok(int actor, int partner)
    {
        Sample(Port(1, Agreed, Agreed), Port(2, (LacpPortState)actor, (LacpPortState)partner));
        Shows("nodeagent_bond_aggregators{link=\"bond0\"} 2");
        Shows("nodeagent_bond_port_lacp_partner_ok{bond=\"bond0\",link=\"b\"} 0");
    }

    [Fact]
    public void A_port_without_a_link_is_in_no_aggregator_that_counts()
    {
        Sample(Port(1, Agreed, Agreed), Port(2, (LacpPortState)7, (LacpPortState)3, BondMiiStatus.Down));
        Shows("nodeagent_bond_aggregators{link=\"bond0\"} 1");
    }

    [Fact]
    public void Churn_is_shown_where_it_is_known()
    {
        _node.Ports.Set(new Dictionary<int, BondPortDetail>
        {
            [2] = new() { ActorChurn = ChurnState.None, PartnerChurn = ChurnState.Churned },
            [3] = new() { ActorChurn = ChurnState.Monitoring, PartnerChurn = ChurnState.Monitoring },
        });
        Sample(Port(1, Agreed, Agreed), Port(1, Agreed, Agreed));
        Shows("nodeagent_bond_port_churned{bond=\"bond0\",link=\"a\"} 1");
        Shows("nodeagent_bond_port_churned{bond=\"bond0\",link=\"b\"} 0");
    }

    [Theory]
    [InlineData("10000", "10000", "0")]
    [InlineData("10000", "1000", "1")]
    [InlineData("10000", "-1", "0")]
    public void Speeds_that_differ_are_shown(string first, string second, string shown)
    {
        _node.WriteSys("a", ("ifindex", "2"), ("speed", first));
        _node.WriteSys("b", ("ifindex", "3"), ("speed", second));
        Sample(Port(1, Agreed, Agreed), Port(1, Agreed, Agreed));
        Shows($"nodeagent_bond_mixed_speeds{{link=\"bond0\"}} {shown}");
    }

    public void Dispose() => _node.Dispose();

    private void Shows(string line) => Assert.Contains(line, Exposed.Text(_node.Registry).Split('\n'));

    private void Sample(BondPort a, BondPort b) => _node.Sample(
    [
        NodeLinks.Link(1, "bond0", 1, static link => link.Data = new Bond { Mode = NodeAgent.Native.Rtnl.Kinds.BondMode.Ieee8023ad }),
        NodeLinks.Link(2, "a", 1, link => (link.Master, link.PortData) = (1, a)),
        NodeLinks.Link(3, "b", 1, link => (link.Master, link.PortData) = (1, b)),
    ]);

    private static BondPort Port(ushort aggregator, LacpPortState actor, LacpPortState partner, BondMiiStatus status = BondMiiStatus.Up) => new()
    {
        MiiStatus = status,
        AggregatorId = aggregator,
        ActorOperPortState = actor,
        PartnerOperPortState = partner,
    };
}
