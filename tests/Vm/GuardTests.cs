using NodeAgent.Tests.Support;
using NodeAgent.Tests.Vm.Nodes;
using Xunit;

namespace NodeAgent.Tests.Vm;

/// <summary>What would cut the node off is refused before anything changes; the link has to be named to get it through.</summary>
public sealed class GuardTests
{
    private const string WithoutBr020 = """
        interfaces:
        - name: br0.20
          type: vlan
          state: absent
        """;

    [VmFact]
    public void The_link_of_the_default_route_is_not_removed()
    {
        using var node = new RackNode();
        ByHand(node);
        var before = node.Reader.Picture();

        var refused = node.Apply("remove", WithoutBr020, status: 4);

        Assert.Contains("default route", refused.Error, StringComparison.Ordinal);
        Assert.Contains("removing br0.20", refused.Error, StringComparison.Ordinal);
        Assert.Contains("--allow-disrupt br0.20", refused.Error, StringComparison.Ordinal);
        Assert.Equal(before, node.Reader.Picture());
        Assert.Equal("[]", node.Expect(0, "net policies -o json").Json.ToJsonString());

        node.Apply("remove", WithoutBr020, "--probe none --allow-disrupt br0.20");

        Assert.False(node.Reader.Has("br0.20"), "br0.20 is still there");
    }

    [VmFact]
    public void A_document_against_a_policy_in_force_is_refused_for_the_cut_first()
    {
        using var node = new RackNode();
        node.ApplyExample("layout-a.yaml");
        var before = node.Reader.Picture();

        var refused = node.Apply("remove", "interfaces: [ { name: bond_data.20, type: vlan, state: absent } ]", status: 4);

        Assert.Contains("default route via 10.20.30.1", refused.Error, StringComparison.Ordinal);
        Assert.Contains("--allow-disrupt bond_data.20", refused.Error, StringComparison.Ordinal);
        Assert.Contains("layout-a", refused.Error, StringComparison.Ordinal);
        Assert.Equal(before, node.Reader.Picture());
    }

    [VmFact]
    public void The_refusal_names_the_taps_of_running_guests()
    {
        using var node = new RackNode();
        ByHand(node);
        foreach (var tap in new[] { "tap0", "tap1" })
        {
            node.Rack.Ip($"tuntap add {tap} mode tap");
            node.Rack.Ip($"link set {tap} master br0 up");
        }

        const string withoutBr0 = """
            interfaces:
            - { name: br0.20, type: vlan, state: absent }
            - { name: br0, type: linux-bridge, state: absent }
            """;
        var refused = node.Apply("remove", withoutBr0, status: 4);

        Assert.Contains("tap0", refused.Error, StringComparison.Ordinal);
        Assert.Contains("tap1", refused.Error, StringComparison.Ordinal);
        Assert.Equal("br0", node.Reader.Master("tap0"));

        var json = node.Expect(4, $"net plan -o json -f {Path.Combine(node.Folder, "remove.yaml")}").Json;
        var refusals = json["refusals"]!.AsArray();
        Assert.Contains(refusals, refusal => $"{refusal!["path"]}".Contains("default route", StringComparison.Ordinal));
        Assert.Contains(refusals, refusal => refusal!["taps"]!.ToJsonString() == "[\"tap0\",\"tap1\"]");
    }

    [VmFact]
    public void A_policy_whose_links_carry_the_default_route_is_not_deleted()
    {
        using var node = new RackNode();
        node.ApplyExample("layout-a.yaml");
        var before = node.Reader.Picture();

        var refused = node.Expect(4, "net delete layout-a");

        Assert.Contains("default route", refused.Error, StringComparison.Ordinal);
        Assert.Equal(before, node.Reader.Picture());
        node.Expect(0, "net delete layout-a --allow-disrupt bond_data.20");
        Assert.False(node.Reader.Has("bond_data.20"), "bond_data.20 is still there");
    }

    [VmFact]
    public void A_link_is_not_taken_over_by_a_bond_while_the_default_route_is_on_it()
    {
        using var node = new RackNode();
        node.Rack.IpBatch("""
            link set enp1s0 up
            address add 192.168.0.21/22 dev enp1s0
            route add default via 192.168.0.1

            """);
        var before = node.Reader.Picture();

        // With the address on the NIC it is a mistake of the document, told with what to write instead; so written, it is a cut.
        Assert.Contains("192.168.0.21/22", node.ApplyExample("layout-b.yaml", status: 2).Error, StringComparison.Ordinal);
        var layout = File.ReadAllText(AgentBinary.Example("layout-b.yaml"));
        var refused = node.Apply("layout-b", layout.Replace("interfaces:\n", "interfaces:\n- { name: enp1s0, type: ethernet, ipv4: { enabled: false } }\n", StringComparison.Ordinal), status: 4);

        Assert.Contains("enp1s0", refused.Error, StringComparison.Ordinal);
        Assert.Contains("default route", refused.Error, StringComparison.Ordinal);
        Assert.Equal(before, node.Reader.Picture());
    }

    [VmFact]
    public void The_way_back_to_the_ssh_client_is_not_cut()
    {
        using var node = new RackNode();
        ByHand(node, address: "172.16.0.21/22");
        var session = new Dictionary<string, string> { ["SSH_CONNECTION"] = "172.16.0.99 50000 172.16.0.21 22" };
        var file = node.Document("remove", WithoutBr020);
        node.Rack.Ip("route del default");

        var refused = node.Expect(4, $"net apply -f {file} --probe none", environment: session);

        Assert.Contains("SSH session from 172.16.0.99", refused.Error, StringComparison.Ordinal);
        Assert.True(node.Reader.Has("br0.20"), "br0.20 is gone");
        node.Expect(0, $"net apply -f {file} --probe none");
        Assert.False(node.Reader.Has("br0.20"), "br0.20 is still there");
    }

    [VmFact]
    public void The_way_to_the_control_plane_is_not_cut()
    {
        using var node = new RackNode();
        ByHand(node);
        node.Rack.Ip("route del default");
        var file = node.Document("remove", WithoutBr020);

        var refused = node.Expect(4, $"net apply -f {file} --probe none --control-plane 10.20.1.9:6443");

        Assert.Contains("control plane 10.20.1.9", refused.Error, StringComparison.Ordinal);
        Assert.True(node.Reader.Has("br0.20"), "br0.20 is gone");
        node.Expect(0, $"net apply -f {file} --probe none --control-plane 10.20.1.9:6443 --allow-disrupt br0.20");
    }

    [VmFact]
    public void A_vlan_that_carries_the_path_stays_on_the_bridge()
    {
        using var node = new RackNode();
        ByHand(node);
        const string others = """
            interfaces:
            - name: br0
              type: linux-bridge
              state: up
              bridge:
                port:
                - name: bond0
                  vlan: { mode: trunk, enable-native: true, tag: 1, trunk-tags: [ { id-range: { min: 21, max: 100 } } ] }
            """;
        var before = node.Reader.Picture();

        // The filter this turns on would drop VLAN 20, on which the default route is.
        var refused = node.Apply("trunk", others, status: 4);

        Assert.Contains("default route", refused.Error, StringComparison.Ordinal);
        Assert.Contains("br0.20", refused.Error, StringComparison.Ordinal);
        Assert.Equal(before, node.Reader.Picture());

        node.Apply("trunk", others.Replace("trunk-tags: [", "trunk-tags: [ { id: 20 },", StringComparison.Ordinal));
        Assert.Equal("1 PVID Egress Untagged,20-100", node.Reader.Vlans("bond0"));
        var taken = node.Apply("trunk", others, status: 4);
        Assert.Contains("default route", taken.Error, StringComparison.Ordinal);
        Assert.Equal("1 PVID Egress Untagged,20-100", node.Reader.Vlans("bond0"));
    }

    /// <summary>Layout C as an installer would leave it: no policy names any of it.</summary>
    private static void ByHand(RackNode node, string address = "10.20.30.21/16") => node.Rack.IpBatch($"""
        link add bond0 type bond mode active-backup miimon 50
        link set enp1s0 master bond0
        link set enp2s0 master bond0
        link set bond0 up
        link add br0 type bridge forward_delay 0
        link set bond0 master br0
        link set br0 up
        link add link br0 name br0.20 type vlan id 20
        link set br0.20 up
        address add {address} dev br0.20
        route add default via {(address.StartsWith("10.", StringComparison.Ordinal) ? Rack.DataGateway : "172.16.0.1")} dev br0.20

        """);
}
