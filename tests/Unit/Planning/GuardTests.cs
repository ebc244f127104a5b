using System.Net;
using NodeAgent.Network.Model;
using NodeAgent.Network.Planning;
using Xunit;
using Xunit.Abstractions;

namespace NodeAgent.Tests.Unit.Planning;

public sealed class GuardTests(ITestOutputHelper output)
{
    private static readonly NetworkSnapshot s_layoutA = Lab.WithTaps(Lab.After(Lab.LayoutNics(), Lab.Example("layout-a.yaml")), "br0", 2);
    private static readonly NetworkSnapshot s_layoutC = Lab.WithTaps(Lab.After(Lab.LayoutNics(), Lab.Example("layout-c.yaml")), "br0", 2);

    /// <summary>The default route of layout A leaves by bond_data.20: every document here cuts it somewhere.</summary>
    [Theory]
    [InlineData("bond_data.20", "interfaces: [{name: bond_data.20, state: absent}]")]
    [InlineData("bond_data.20", "interfaces: [{name: bond_data.20, state: down}]")]
    [InlineData("bond_data", "interfaces: [{name: bond_data, state: down}]")]
    [InlineData("bond_data", "interfaces: [{name: bond_data, type: bond, link-aggregation: {mode: active-backup}}]")]
    [InlineData("bond_data", "interfaces: [{name: bond_data, type: bond, link-aggregation: {mode: 802.3ad, options: {lacp_rate: slow}}}]")]
    [InlineData("bond_data", "interfaces: [{name: bond_data, type: bond, link-aggregation: {mode: 802.3ad, port: []}}]")]
    [InlineData("bond_data.20", "interfaces: [{name: bond_data.20, type: vlan, vlan: {base-iface: bond_data, id: 21}}]")]
    [InlineData("bond_data.20", "interfaces: [{name: bond_data.20, ipv4: {enabled: false}}]")]
    [InlineData("bond_data.20", "interfaces: [{name: bond_data.20, ipv4: {enabled: true, address: [{ip: 10.20.30.99, prefix-length: 16}]}}]")]
    [InlineData("bond_data.20", "interfaces: [{name: br1, type: linux-bridge, bridge: {port: [{name: bond_data.20}]}}]")]
    [InlineData("bond_data.20", "routes: {config: [{destination: 0.0.0.0/0, next-hop-address: 10.20.30.2, next-hop-interface: bond_data.20}]}")]
    [InlineData("bond_data.20", "routes: {config: [{destination: 0.0.0.0/0, state: absent}]}")]
    public void A_cut_of_the_default_route_is_refused_and_let_through_by_name(string link, string yaml)
    {
        var refused = Plan(s_layoutA, yaml);
        output.WriteLine(Lab.Text(refused));
        var refusal = Assert.Single(refused.Refusals);
        Assert.Equal("bond_data.20", refusal.Link);
        Assert.Equal("the default route via 10.20.30.1 dev bond_data.20", refusal.Path);
        Assert.Equal(link, refused.Steps[refusal.Step].Link.Replace("enp1s1", "bond_data").Replace("enp2s1", "bond_data"));
        if (link == "bond_data") Assert.Equal(["tap1", "tap2"], refusal.Taps);

        Assert.Empty(Plan(s_layoutA, yaml, "bond_data.20").Refusals);
        Assert.NotEmpty(Plan(s_layoutA, yaml, "bond_mgmt").Refusals);
    }

    [Theory]
    [InlineData("interfaces: [{name: bond_data, type: bond, link-aggregation: {mode: 802.3ad, port: [enp1s1]}}]")]
    [InlineData("interfaces: [{name: bond_mgmt.10, state: absent}]")]
    [InlineData("interfaces: [{name: bond_data, mtu: 9000}]")]
    [InlineData("interfaces: [{name: bond_data.20, ipv4: {enabled: true, address: [{ip: 10.20.30.21, prefix-length: 24}]}}]")]
    [InlineData("interfaces: [{name: bond_data.30, type: vlan, vlan: {base-iface: bond_data, id: 30}}]")]
    public void What_leaves_the_path_whole_passes(string yaml)
    {
        var plan = Plan(s_layoutA, yaml);
        output.WriteLine(Lab.Text(plan));
        Assert.Empty(plan.Refusals);
        Assert.NotEmpty(plan.Steps);
    }

    [Theory]
    [InlineData("interfaces: [{name: br0, type: linux-bridge, bridge: {port: [{name: bond0, vlan: {mode: trunk, trunk-tags: [{id: 21}]}}]}}]")]
    [InlineData("interfaces: [{name: br0, type: linux-bridge, bridge: {port: [{name: bond0, vlan: {mode: access, tag: 20}}]}}]")]
    [InlineData("interfaces: [{name: br0, type: linux-bridge, bridge: {port: []}}]")]
    [InlineData("interfaces: [{name: br0, state: absent}]")]
    [InlineData("interfaces: [{name: bond0.20, type: vlan, vlan: {base-iface: bond0, id: 20}}]")]
    public void A_vlan_through_a_bridge_is_followed_to_the_wire(string yaml)
    {
        var plan = Plan(s_layoutC, yaml);
        output.WriteLine(Lab.Text(plan));
        Assert.Contains(plan.Refusals, r => r.Link == "br0.20" && r.Path.StartsWith("the default route", StringComparison.Ordinal));
    }

    [Fact]
    public void A_trunk_that_keeps_the_vlan_of_the_path_passes()
    {
        var plan = Plan(s_layoutC, "interfaces: [{name: br0, type: linux-bridge, bridge: {port: [{name: bond0, vlan: {mode: trunk, enable-native: true, tag: 1, trunk-tags: [{id-range: {min: 20, max: 100}}]}}]}}]");
        output.WriteLine(Lab.Text(plan));
        Assert.Empty(plan.Refusals);
        Assert.Contains(plan.Steps, s => s is SetVlansStep { Self: true, Link: "br0" });
    }

    [Fact]
    public void Removing_a_bridge_with_running_guests_is_refused_without_any_control_path()
    {
        var plan = Lab.Plan(s_layoutA, "interfaces: [{name: br0, state: absent}]");
        output.WriteLine(Lab.Text(plan));
        var refusal = Assert.Single(plan.Refusals);
        Assert.Equal("br0", refusal.Link);
        Assert.Equal(["tap1", "tap2"], refusal.Taps);
        Assert.Empty(Lab.Plan(s_layoutA, "interfaces: [{name: br0, state: absent}]", null, "br0").Refusals);
    }

    [Fact]
    public void Removing_a_base_takes_undocumented_vlans_along_only_when_allowed()
    {
        const string Yaml = "interfaces: [{name: bond_mgmt, state: absent}]";
        var plan = Lab.Plan(s_layoutA, Yaml);
        output.WriteLine(Lab.Text(plan));
        var refusal = Assert.Single(plan.Refusals);
        Assert.Contains("bond_mgmt.10", refusal.Message, StringComparison.Ordinal);

        var allowed = Lab.Plan(s_layoutA, Yaml, null, "bond_mgmt");
        Assert.Empty(allowed.Refusals);
        Assert.Equal(["bond_mgmt.10", "bond_mgmt"], allowed.Steps.OfType<RemoveLinkStep>().Select(s => s.Link));
        Assert.Empty(Lab.Plan(s_layoutA, "interfaces: [{name: bond_mgmt, state: absent}, {name: bond_mgmt.10, state: absent}]").Refusals);
    }

    private static Plan Plan(NetworkSnapshot now, string yaml, params string[] allow)
    {
        var paths = ControlPaths.From(now, []);
        Assert.Single(paths);
        return Planner.Plan(new PlanRequest { Desired = Lab.Read(yaml), Observed = now, ControlPaths = paths, AllowDisrupt = allow.ToHashSet() });
    }

    [Fact]
    public void Paths_come_from_the_longest_prefix()
    {
        var paths = ControlPaths.From(s_layoutA, [IPAddress.Parse("172.16.0.10"), IPAddress.Parse("8.8.8.8")], IPAddress.Parse("192.168.1.7"));
        Assert.Equal(["bond_data.20", "bond_mgmt.10", "bond_data.20", "bond_mgmt"], paths.Select(p => p.Link));
        Assert.Equal([true, false, false, false], paths.Select(p => p.IsDefaultRoute));
        Assert.Equal(IPAddress.Parse("10.20.30.1"), paths[2].Gateway);
        Assert.Equal(IPAddress.Parse("192.168.0.21"), paths[3].Source);
    }
}
