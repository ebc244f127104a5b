using NodeAgent.Tests.Support;
using NodeAgent.Tests.Vm.Nodes;
using Xunit;

namespace NodeAgent.Tests.Vm;

/// <summary>What bonds take while they run, what they take only without ports or while they are down, and what the kernel refuses.</summary>
public sealed class BondTests
{
    private const string Lacp = "mode: 802.3ad, options: { miimon: 100, lacp_rate: fast }";
    private const string ActiveBackup = "mode: active-backup, options: { miimon: 100, primary: enp2s0 }";

    [VmFact]
    public void A_mode_is_changed_with_ports_addresses_and_routes_in_place()
    {
        using var node = new RackNode();
        node.Apply("bond", Bond(Lacp));
        var before = node.Reader.Picture();

        node.Apply("bond", Bond(ActiveBackup));

        Assert.Equal("active-backup", node.Reader.Option("bond0", "mode"));
        Assert.Equal("enp2s0", node.Reader.Option("bond0", "primary"));
        IsWhole(node);
        Assert.True(node.Rack.Answers(Rack.NativeGateway), "native gateway");

        node.Apply("bond", Bond(Lacp));

        Assert.Equal(before, node.Reader.Picture());
    }

    [VmTheory]
    [InlineData("lacp_rate: slow", "ad_lacp_rate", "slow")]
    [InlineData("ad_select: bandwidth", "ad_select", "bandwidth")]
    [InlineData("ad_user_port_key: 7", "ad_user_port_key", "7")]
    [InlineData("xmit_hash_policy: layer2+3", "xmit_hash_policy", "layer2+3")]
    [InlineData("min_links: 1", "min_links", "1")]
    public void An_option_is_changed_on_a_running_bond_whatever_it_takes(string option, string name, string expected)
    {
        using var node = new RackNode();
        node.Apply("bond", Bond(Lacp));

        node.Apply("bond", Bond($"mode: 802.3ad, options: {{ miimon: 100, {option} }}"));

        Assert.Equal(expected, node.Reader.Option("bond0", name));
        IsWhole(node);
        Assert.Equal(0, node.Agent($"net plan --detailed-exitcode -f {Path.Combine(node.Folder, "bond.yaml")}").Status);
    }

    [VmFact]
    public void The_primary_moves_and_fail_over_mac_is_set_with_ports_in_place()
    {
        using var node = new RackNode();
        node.Apply("bond", Bond(ActiveBackup));

        node.Apply("bond", Bond("mode: active-backup, options: { miimon: 100, primary: enp1s0, fail_over_mac: active }"));

        Assert.Equal("enp1s0", node.Reader.Option("bond0", "primary"));
        Assert.Equal("active", node.Reader.Option("bond0", "fail_over_mac"));
        IsWhole(node);
    }

    [VmFact]
    public void A_bond_is_watched_by_arp_instead_of_by_its_carrier()
    {
        using var node = new RackNode();
        node.Apply("bond", Bond(ActiveBackup));

        node.Apply("bond", Bond("mode: active-backup, options: { miimon: 0, arp_interval: 200, arp_ip_target: 192.168.0.1, arp_validate: active }"));

        Assert.Equal("200", node.Reader.Option("bond0", "arp_interval"));
        Assert.Contains("192.168.0.1", node.Reader.Option("bond0", "arp_ip_target"), StringComparison.Ordinal);
        Assert.Equal("active", node.Reader.Option("bond0", "arp_validate"));
        IsWhole(node);
        Assert.True(node.Rack.Answers(Rack.NativeGateway), "native gateway");
    }

    [VmFact]
    public void Arp_options_on_lacp_are_an_error_of_the_document()
    {
        using var node = new RackNode();

        var refused = node.Apply("bond", Bond("mode: 802.3ad, options: { arp_interval: 200, arp_ip_target: 192.168.0.1 }"), status: 2);

        Assert.Contains("arp_interval", refused.Error, StringComparison.Ordinal);
        Assert.Contains("802.3ad", refused.Error, StringComparison.Ordinal);
        Assert.False(node.Reader.Has("bond0"), "bond0 was made");
    }

    [VmFact]
    public void A_port_moves_from_one_bond_to_another()
    {
        using var node = new RackNode();
        node.Apply("bonds", """
            interfaces:
            - { name: bond0, type: bond, link-aggregation: { mode: active-backup, port: [enp1s0, enp2s0] } }
            - { name: bond1, type: bond, link-aggregation: { mode: active-backup, port: [enp1s1] } }
            """);

        node.Apply("bonds", """
            interfaces:
            - { name: bond0, type: bond, link-aggregation: { mode: active-backup, port: [enp1s0] } }
            - { name: bond1, type: bond, link-aggregation: { mode: active-backup, port: [enp1s1, enp2s0] } }
            """);

        Assert.Equal("bond1", node.Reader.Master("enp2s0"));
        Assert.Equal("bond0", node.Reader.Master("enp1s0"));
        Assert.True(node.Reader.IsUp("enp2s0"), "enp2s0 is down");
    }

    [VmFact]
    public void What_the_kernel_refuses_is_reported_with_the_link_the_errno_and_its_own_words()
    {
        using var node = new RackNode();
        // Taken by somebody whom no document names.
        node.Rack.Ip("link add theirs type vxlan id 10 remote 198.51.100.1 dstport 4789");
        var before = node.Reader.Picture();

        var rolledBack = node.Apply("vlan", """
            interfaces:
            - { name: vx10, type: vxlan, vxlan: { id: 10, remote: 198.51.100.2, destination-port: 4789 } }
            """, status: 5);

        Assert.Contains("vx10", rolledBack.Error, StringComparison.Ordinal);
        Assert.Contains("EEXIST", rolledBack.Error, StringComparison.Ordinal);
        Assert.Contains("VNI", rolledBack.Error, StringComparison.Ordinal);
        Assert.Equal(before, node.Reader.Picture());
    }

    private static string Bond(string aggregation) => $$"""
        interfaces:
        - name: bond0
          type: bond
          state: up
          link-aggregation: { {{aggregation}}, port: [enp1s0, enp2s0] }
          ipv4: { enabled: true, address: [ { ip: 192.168.0.21, prefix-length: 22 } ] }
          ipv6: { enabled: true, address: [ { ip: "2001:db8::21", prefix-length: 64 } ] }
        - name: bond0.30
          type: vlan
          state: up
          vlan: { base-iface: bond0, id: 30 }
          ipv4: { enabled: true, address: [ { ip: 198.51.100.21, prefix-length: 24 } ] }
        routes:
          config:
          - { destination: 203.0.113.0/24, next-hop-address: 192.168.0.1, next-hop-interface: bond0 }
          - { destination: 203.0.114.0/24, next-hop-address: 198.51.100.1, next-hop-interface: bond0.30 }
        """;

    private static void IsWhole(RackNode node)
    {
        foreach (var port in new[] { "enp1s0", "enp2s0" })
        {
            Assert.Equal("bond0", node.Reader.Master(port));
            Assert.True(node.Reader.IsUp(port), port + " is down");
        }

        Assert.True(node.Reader.IsUp("bond0"), "bond0 is down");
        Assert.True(node.Reader.IsUp("bond0.30"), "bond0.30 is down");
        Assert.Equal(["192.168.0.21/22", "2001:db8::21/64"], node.Reader.Addresses("bond0"));
        Assert.Equal(["203.0.113.0/24 via 192.168.0.1 dev bond0", "203.0.114.0/24 via 198.51.100.1 dev bond0.30"], node.Reader.Routes());
    }
}
