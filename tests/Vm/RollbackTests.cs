using System.Diagnostics;
using NodeAgent.Tests.Support;
using NodeAgent.Tests.Vm.Nodes;
using Xunit;

namespace NodeAgent.Tests.Vm;

/// <summary>Whatever goes wrong after the first message to the kernel: the node is as before, to the last option that ip prints.</summary>
public sealed class RollbackTests
{
    /// <summary>Takes a running layout B to pieces and then asks for what the kernel refuses: two tunnels with one VNI.</summary>
    private const string RefusedAtTheEnd = """
        interfaces:
        - { name: bond0.20, type: vlan, state: absent }
        - { name: bond0.10, type: vlan, state: absent }
        - { name: br0, type: linux-bridge, state: absent }
        - { name: bond0, type: bond, mtu: 1400, link-aggregation: { mode: active-backup, port: [enp1s0] } }
        - { name: enp2s0, type: ethernet, mtu: 1400, ipv4: { enabled: true, address: [ { ip: 198.51.100.1, prefix-length: 24 } ] } }
        - { name: vx1, type: vxlan, vxlan: { id: 7, remote: 198.51.100.2, destination-port: 4789 } }
        - { name: vx2, type: vxlan, vxlan: { id: 7, remote: 198.51.100.3, destination-port: 4789 } }
        """;

    private const string Allow = "--allow-disrupt bond0,bond0.10,bond0.20,br0";

    [VmFact]
    public void A_refusal_of_the_kernel_in_the_middle()
    {
        using var node = Made();
        var before = node.Reader.Picture();

        var rolledBack = node.Apply("layout-b", RefusedAtTheEnd, "--probe none " + Allow, status: 5);

        Assert.Matches("vx[12]", rolledBack.Error);
        Assert.Contains("EEXIST", rolledBack.Error, StringComparison.Ordinal);
        Assert.Equal(before, node.Reader.Picture());
        Assert.True(node.Rack.Answers(Rack.DataGateway), "data gateway");
        // What is in force is the policy as it was.
        node.Expect(0, $"net plan --detailed-exitcode -f {AgentBinary.Example("layout-b.yaml")}");
        Assert.Contains("already", node.ApplyExample("layout-b.yaml").Output, StringComparison.Ordinal);
    }

    [VmFact]
    public void A_vlan_larger_than_what_it_is_on()
    {
        using var node = new RackNode();
        var before = node.Reader.Picture();

        var result = node.Agent($"net apply --probe none -f {node.Document("vlan", """
            interfaces:
            - { name: enp1s0.7, type: vlan, mtu: 9000, vlan: { base-iface: enp1s0, id: 7 } }
            """)}");

        Assert.InRange(result.Status, 2, 5);
        Assert.Contains("mtu", result.Error, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(before, node.Reader.Picture());
    }

    [VmFact]
    public void A_nic_that_vanishes_in_the_middle()
    {
        using var node = new RackNode();
        node.Rack.Ip("link add gone0 type veth peer name gone1");
        node.Rack.Ip("link set gone0 up");
        var before = node.Reader.Picture();
        var file = node.Document("vlans", """
            interfaces:
            - { name: enp1s1, type: ethernet, state: up, mtu: 1400 }
            - { name: br7, type: linux-bridge, bridge: { port: [ { name: enp2s1 } ] } }
            - { name: gone0.7, type: vlan, vlan: { base-iface: gone0, id: 7 } }
            - { name: gone0.8, type: vlan, vlan: { base-iface: gone0, id: 8 } }
            """);

        // The probe that nobody answers holds it for a second between the plan and the first step.
        var apply = node.Rack.OnNode(() => AgentBinary.Start(AgentBinary.Program, node.Arguments($"net apply --probe tcp:198.51.100.1:1 -f {file}")));
        var planned = apply.StandardError.ReadLine();
        while (planned?.StartsWith("nodeagent: note:", StringComparison.Ordinal) == true) planned = apply.StandardError.ReadLine();
        node.Rack.Ip("link del gone0");
        var error = apply.StandardError.ReadToEnd();
        apply.WaitForExit();

        Assert.Contains("planned", planned, StringComparison.Ordinal);
        Assert.True(apply.ExitCode == 5, $"{apply.ExitCode}: {error}");
        Assert.Contains("gone0.7", error, StringComparison.Ordinal);
        Assert.Contains("rolled back, the node is as before", error, StringComparison.Ordinal);
        Assert.Equal(string.Join('\n', before.Split('\n').Where(line => !line.Contains("gone", StringComparison.Ordinal))), node.Reader.Picture());
    }

    [VmFact]
    public void A_probe_that_fails_after_the_change()
    {
        using var node = Made();
        Assert.True(node.Rack.Answers(Rack.DataGateway), "data gateway");
        var before = node.Reader.Picture();
        var took = Stopwatch.StartNew();

        // Another VLAN on the same addresses: all as asked for, and nobody there.
        var file = node.Document("layout-b", File.ReadAllText(AgentBinary.Example("layout-b.yaml")).Replace("id: 20", "id: 21", StringComparison.Ordinal));
        var rolledBack = node.Expect(5, $"net apply -f {file} {Allow}");

        Assert.Contains("gateway", rolledBack.Error, StringComparison.Ordinal);
        Assert.Contains(Rack.DataGateway, rolledBack.Error, StringComparison.Ordinal);
        Assert.Equal(before, node.Reader.Picture());
        Assert.True(node.Rack.Answers(Rack.DataGateway), "data gateway");
        Assert.True(took.Elapsed < TimeSpan.FromSeconds(30), $"took {took.Elapsed}");
    }

    [VmFact]
    public void A_probe_that_failed_before_is_said_and_not_waited_for()
    {
        using var node = new RackNode();

        var applied = node.Apply("dummy", File.ReadAllText(AgentBinary.Example("dummy.yaml")), "--probe tcp:198.51.100.1:6443");

        Assert.Contains("did not pass before", applied.Error, StringComparison.Ordinal);
        Assert.True(node.Reader.Has("dummy0"), "dummy0 is not there");
    }

    [VmFact]
    public void A_change_that_nobody_confirms()
    {
        using var node = Made();
        var before = node.Reader.Picture();

        var rolledBack = node.Apply("change", "interfaces: [ { name: bond0.10, type: vlan, mtu: 1400 } ]", "--probe none --confirm 1s", status: 5);

        Assert.Contains("not confirmed", rolledBack.Error, StringComparison.Ordinal);
        Assert.Equal(before, node.Reader.Picture());
    }

    [VmFact]
    public void A_change_that_is_confirmed_stays_and_can_be_undone_later()
    {
        using var node = Made();
        var before = node.Reader.Picture();
        var file = node.Document("change", "interfaces: [ { name: bond0.10, type: vlan, mtu: 1400 } ]");
        var apply = node.Rack.OnNode(() => AgentBinary.Start(AgentBinary.Program, node.Arguments($"net apply --probe none --confirm 30s -f {file}")));
        var error = apply.StandardError.ReadToEndAsync();
        Assert.True(Wait.Until(() => node.Reader.Mtu("bond0.10") == 1400), "the change did not come");

        Assert.True(Wait.Until(() => node.Agent("net confirm").Status == 0), "net confirm finds nothing");

        Assert.True(apply.WaitForExit(TimeSpan.FromSeconds(60)), "net apply goes on");
        Assert.True(apply.ExitCode == 0, error.Result);
        Assert.Equal(1400, node.Reader.Mtu("bond0.10"));

        node.Expect(0, "net rollback");

        Assert.Equal(before, node.Reader.Picture());
        Assert.DoesNotContain("\"change\"", node.Expect(0, "net policies -o json").Output, StringComparison.Ordinal);
    }

    [VmFact]
    public void A_change_that_waits_and_that_somebody_does_not_want()
    {
        using var node = Made();
        var before = node.Reader.Picture();
        var file = node.Document("change", "interfaces: [ { name: bond0.10, type: vlan, mtu: 1400 } ]");
        var apply = node.Rack.OnNode(() => AgentBinary.Start(AgentBinary.Program, node.Arguments($"net apply --probe none --confirm 30s -f {file}")));
        Assert.True(Wait.Until(() => node.Reader.Mtu("bond0.10") == 1400), "the change did not come");

        Assert.True(Wait.Until(() => node.Agent("net rollback").Status == 0), "net rollback finds nothing");

        Assert.True(apply.WaitForExit(TimeSpan.FromSeconds(60)), "net apply goes on");
        Assert.Equal(5, apply.ExitCode);
        Assert.Equal(before, node.Reader.Picture());
    }

    [VmTheory]
    [InlineData("TERM")]
    [InlineData("INT")]
    [InlineData("HUP")]
    public void An_apply_that_is_interrupted_while_it_waits(string signal)
    {
        using var node = Made();
        var before = node.Reader.Picture();
        var file = node.Document("change", "interfaces: [ { name: bond0.10, type: vlan, mtu: 1400 } ]");
        var apply = node.Rack.OnNode(() => AgentBinary.Start(AgentBinary.Program, node.Arguments($"net apply --probe none --confirm 30s -f {file}")));
        Assert.True(Wait.Until(() => node.Reader.Mtu("bond0.10") == 1400), "the change did not come");

        Command.Run("kill", "-" + signal, $"{apply.Id}");

        Assert.True(apply.WaitForExit(TimeSpan.FromSeconds(60)), "net apply goes on");
        Assert.Equal(5, apply.ExitCode);
        Assert.Equal(before, node.Reader.Picture());
    }

    [VmFact]
    public void A_whole_layout_that_was_committed()
    {
        using var node = new RackNode(lacp: true);
        var before = node.Reader.Picture();
        node.ApplyExample("layout-a.yaml");

        Assert.Contains("--allow-disrupt bond_data.20", node.Expect(4, "net rollback").Error, StringComparison.Ordinal);
        node.Expect(0, "net rollback --allow-disrupt bond_data.20");

        Assert.Equal(before, node.Reader.Picture());
    }

    /// <summary>Layout B, applied, with a link and an address beside it that are nobody's.</summary>
    private static RackNode Made()
    {
        var node = new RackNode(lacp: true);
        node.ApplyExample("layout-b.yaml");
        node.Rack.Ip("link add theirs type dummy");
        node.Rack.Ip("address add 203.0.113.99/32 dev br0");
        node.Rack.Ip("route add 198.18.0.0/15 via 172.16.0.7 dev bond0.10");
        return node;
    }
}
