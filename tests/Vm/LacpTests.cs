using System.Text.Json.Nodes;
using NodeAgent.Tests.Support;
using NodeAgent.Tests.Vm.Nodes;
using Xunit;

namespace NodeAgent.Tests.Vm;

/// <summary>
/// A bond whose LACP partner is another bond, as `net show` has it: by a command that asks the kernel, and by a daemon that was told nothing
/// by it (an 802.3ad port whose partner falls silent sends no event). Mixed speeds are left to tests/Unit: a veth's speed is 10 Gbit/s.
/// </summary>
public sealed class LacpTests
{
    private const string Bond = """
        interfaces:
        - name: bond0
          type: bond
          state: up
          link-aggregation: { mode: 802.3ad, options: { miimon: 100, lacp_rate: fast, xmit_hash_policy: layer3+4 }, port: [enp1s0, enp2s0] }
        """;

    [VmFact]
    public void Two_bonds_that_agree_have_nothing_to_be_said_of()
    {
        using var node = Agreed();

        var links = node.Expect(0, "net show -o json").Json["links"]!;
        Assert.Equal(SwitchMac(node, "lag0"), $"{Find(links, "bond0")["bond"]!["partnerMac"]}");
        foreach (var name in (string[])["enp1s0", "enp2s0"])
        {
            var port = Find(links, name)["bondPort"]!;
            Assert.Equal(["activity", "timeout", "aggregation", "synchronization", "collecting", "distributing"], Words(port["actor"]));
            Assert.Equal(["activity", "timeout", "aggregation", "synchronization", "collecting", "distributing"], Words(port["partner"]));
            Assert.Equal((SwitchMac(node, "lag0"), 10000, "full", "up"), ($"{port["partnerMac"]}", (int)port["speedMegabits"]!, $"{port["duplex"]}", $"{port["monitor"]}"));
        }
    }

    [VmFact]
    public void A_member_without_partner_and_one_of_another_switch_are_named_by_command_and_daemon()
    {
        using var node = Agreed();
        using var daemon = node.Daemon();

        node.Rack.Switch("link set sw-enp2s0 nomaster");
        node.Rack.Switch("link set sw-enp2s0 up");

        Says(node, "partner missing", "has no LACP partner on enp2s0", "in one LACP group with enp1s0");

        node.Rack.Switch("link set sw-enp2s0 down");
        node.Rack.Switch("link add other type bond mode 802.3ad miimon 50 lacp_rate fast");
        node.Rack.Switch("link set sw-enp2s0 master other");
        node.Rack.Switch("link set other up");

        Says(node, "split", "sees two different switches", SwitchMac(node, "lag0"), SwitchMac(node, "other"), "only enp1s0 carries traffic");

        node.Rack.Switch("link del other");
        node.Rack.Switch("link set sw-enp2s0 master lag0");
        // That the port went down and up so often is true, and stays for ten minutes.
        Assert.True(Wait.Until(() => Findings(node).TrueForAll(static f => f.StartsWith("flapping:", StringComparison.Ordinal))), string.Join('\n', Findings(node)));
    }

    [VmFact]
    public void A_switch_that_speaks_no_LACP_is_no_partner()
    {
        using var node = new RackNode();
        node.Apply("bond", Bond);

        Says(node, "no partner", "has no LACP partner on any port", "unaggregated");
    }

    [VmFact]
    public void A_port_that_fails_again_and_again_flaps()
    {
        using var node = Agreed();
        using var daemon = node.Daemon();
        for (var pull = 0; pull < 3; pull++)
        {
            node.Rack.Unplug("enp2s0");
            Assert.True(Wait.Until(() => node.Rack.Link("enp2s0").GetProperty("linkinfo").GetProperty("info_slave_data").GetProperty("mii_status").GetString() == "DOWN"), "still up");
            node.Rack.Plug("enp2s0");
            Assert.True(Wait.Until(() => node.Rack.Link("enp2s0").GetProperty("linkinfo").GetProperty("info_slave_data").GetProperty("mii_status").GetString() == "UP"), "still down");
        }

        Assert.True(Wait.Until(() => Findings(node).Any(f => f.Contains("flaps: enp2s0 failed 3 times", StringComparison.Ordinal))), string.Join('\n', Findings(node)));
    }

    [VmFact]
    public void A_VLAN_that_a_guest_uses_and_the_uplink_lacks_is_named_with_the_fix()
    {
        using var node = new RackNode();
        node.Apply("bridge", """
            interfaces:
            - name: br0
              type: linux-bridge
              state: up
              bridge: { port: [ { name: enp1s1, vlan: { mode: trunk, enable-native: true, tag: 1, trunk-tags: [ { id: 20 } ] } } ] }
            - { name: enp1s1, type: ethernet, state: up }
            """);
        using var guest = node.Rack.Guest("br0", "tap1", "198.51.100.2/24");
        node.Rack.Bridge("vlan add dev tap1 vid 30 pvid untagged");
        node.Rack.Bridge("vlan del dev tap1 vid 1");

        var port = Find(node.Expect(0, "net show -o json").Json["links"]!, "enp1s1");

        Assert.Equal("vlans missing", $"{port["findings"]![0]!["state"]}");
        Assert.Contains("does not let VLAN 30 through, which tap1 needs: add trunk-tags: [{id: 30}]", $"{port["findings"]![0]!["sentence"]}", StringComparison.Ordinal);
    }

    // A bond whose two ports carry traffic together with those of the switch's lag0.
    private static RackNode Agreed()
    {
        var node = new RackNode(lacp: true);
        node.Apply("bond", Bond);
        Assert.True(Wait.Until(() => Findings(node, local: true).Count == 0), string.Join('\n', Findings(node, local: true)));
        return node;
    }

    // The command says it, and the daemon where one runs.
    private static void Says(RackNode node, string state, params string[] words)
    {
        Expect(() => Findings(node, local: true));
        if (File.Exists(Socket(node))) Expect(() => Findings(node));

        void Expect(Func<List<string>> findings) =>
            Assert.True(Wait.Until(() => findings().Any(f => f.StartsWith(state + ":", StringComparison.Ordinal) && words.All(w => f.Contains(w, StringComparison.Ordinal)))), string.Join('\n', findings()));
    }

    // "state: sentence" of the bond, by the daemon or by the command itself.
    private static List<string> Findings(RackNode node, bool local = false)
    {
        var result = local
            ? node.Expect(0, "net show bond0 -o json")
            : node.Rack.OnNode(() => AgentBinary.Run(AgentBinary.Program, ["net", "show", "bond0", "-o", "json", "--socket", Socket(node)]));
        return [.. result.Json["findings"]!.AsArray().Select(static f => $"{f!["state"]}: {f["sentence"]}")];
    }

    private static string Socket(RackNode node) => Path.Combine(node.Folder, "run", "nodeagent.sock");

    private static JsonNode Find(JsonNode links, string name) => links.AsArray().Single(link => $"{link!["name"]}" == name)!;

    private static IEnumerable<string> Words(JsonNode? list) => list!.AsArray().Select(static w => $"{w}");

    private static string SwitchMac(RackNode node, string link) => $"{JsonNode.Parse(node.Rack.Switch($"-j link show dev {link}"))![0]!["address"]}";
}
