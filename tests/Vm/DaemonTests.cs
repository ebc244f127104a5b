using NodeAgent.Tests.Support;
using NodeAgent.Tests.Vm.Nodes;
using Xunit;

namespace NodeAgent.Tests.Vm;

/// <summary>`nodeagent run` as a process: its modes, its files, its signals, and its death.</summary>
public sealed class DaemonTests
{
    private const string Bridge = """
        interfaces:
        - name: br0
          type: linux-bridge
          state: up
          mtu: 1400
          bridge: { port: [ { name: enp1s1 } ] }
        """;

    [VmFact]
    public void A_policy_that_only_observes_is_reported_and_left_alone()
    {
        using var node = new RackNode();
        node.Apply("watched", $"""
            apiVersion: nodeagent.dev/v1alpha1
            kind: NodeNetworkPolicy
            metadata: {"{"} name: watched {"}"}
            spec:
              mode: observe
              desiredState:
                {Bridge.Replace("\n", "\n    ", StringComparison.Ordinal)}
            """);
        using var daemon = node.Daemon();

        node.Rack.Ip("link set br0 mtu 1300");

        daemon.Says("br0", "mtu", "1300", "1400", "watched");
        Assert.True(Wait.Until(() => PolicyState(node) == "drifted"), PolicyState(node));
        Assert.Equal(1300, node.Reader.Mtu("br0"));
    }

    [VmFact]
    public void A_tug_of_war_is_given_up_and_said()
    {
        using var node = new RackNode();
        node.Apply("bridge", Bridge);
        using var daemon = node.Daemon();
        for (var pull = 1; pull <= 5; pull++)
        {
            node.Rack.Ip("link set br0 mtu 1300");
            Assert.True(Wait.Until(() => node.Reader.Mtu("br0") == 1400), $"pull {pull}: not repaired\n{daemon.Log}");
        }

        node.Rack.Ip("link set br0 mtu 1300");

        daemon.Says("br0", "mtu", "repairing stops");
        Assert.True(Wait.Until(() => PolicyState(node) == "tug of war"), PolicyState(node));
        Assert.Equal(1300, node.Reader.Mtu("br0"));

        // Applied once more, the policy is fought for again.
        node.Apply("bridge", Bridge);
        Assert.Equal(1400, node.Reader.Mtu("br0"));
        node.Rack.Ip("link set br0 mtu 1300");
        Assert.True(Wait.Until(() => node.Reader.Mtu("br0") == 1400), $"not repaired again\n{daemon.Log}");
    }

    [VmTheory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public void A_signal_ends_it_and_the_network_stays(string signal)
    {
        using var node = new RackNode();
        node.Apply("bridge", Bridge);
        using var daemon = node.Daemon();
        var before = node.Reader.Picture();

        daemon.Signal(signal);

        Assert.Equal(0, daemon.Ended());
        Assert.Equal(before, node.Reader.Picture());
    }

    [VmFact]
    public void What_changed_while_it_was_dead_is_repaired_at_the_next_start()
    {
        using var node = new RackNode();
        node.Apply("bridge", Bridge);
        var before = node.Reader.Picture();
        using (var killed = node.Daemon())
        {
            killed.Signal("KILL");
            Assert.Equal(137, killed.Ended());
        }

        node.Rack.Ip("link del br0");
        using var daemon = node.Daemon();

        Assert.True(Wait.Until(() => node.Reader.Picture() == before), node.Reader.Picture());
    }

    [VmFact]
    public void A_file_in_policies_d_is_applied_when_it_comes_and_when_it_changes()
    {
        using var node = new RackNode();
        using var daemon = node.Daemon();
        var file = Path.Combine(node.Policies, "bridge.yaml");

        File.WriteAllText(file, Bridge);
        Assert.True(Wait.Until(() => node.Reader.Has("br0") && node.Reader.Master("enp1s1") == "br0"), daemon.Log);
        File.WriteAllText(file, Bridge.Replace("1400", "1450", StringComparison.Ordinal));
        Assert.True(Wait.Until(() => node.Reader.Mtu("br0") == 1450), daemon.Log);

        File.WriteAllText(Path.Combine(node.Policies, "wrong.yaml"), "interfaces: [ { name: br9, type: linux-brigde } ]");
        daemon.Says("wrong.yaml", "linux-brigde");
        Assert.True(daemon.IsRunning);
    }

    [VmFact]
    public void A_policy_applied_beside_it_is_held_by_it()
    {
        using var node = new RackNode();
        using var daemon = node.Daemon();

        node.Apply("bridge", Bridge);
        node.Rack.Ip("link set br0 mtu 1300");

        Assert.True(Wait.Until(() => node.Reader.Mtu("br0") == 1400), daemon.Log);
        node.Expect(0, "net delete bridge");
        Assert.True(Wait.Until(() => !node.Reader.Has("br0")));
        Thread.Sleep(500);
        Assert.False(node.Reader.Has("br0"), $"the daemon brought back what was deleted\n{daemon.Log}");
    }

    [VmFact]
    public void A_second_daemon_on_one_node_says_that_there_is_one()
    {
        using var node = new RackNode();
        using var daemon = node.Daemon();

        var second = node.Agent("run");

        Assert.NotEqual(0, second.Status);
        Assert.Contains($"{daemon.Id}", second.Error, StringComparison.Ordinal);
    }

    private static string PolicyState(RackNode node) => $"{node.Expect(0, "net policies -o json").Json[0]!["state"]}";
}
