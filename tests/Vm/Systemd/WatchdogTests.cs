using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Vm.Systemd;

/// <summary>A daemon that no longer answers is ended by systemd and started anew, and the node is as its policies say.</summary>
public sealed class WatchdogTests
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
    public void A_stopped_daemon_is_started_anew()
    {
        using var node = Watched();
        ServiceNode.Policy("bridge", Bridge);
        node.Start();
        var (pid, bridge) = (ServiceNode.Pid, Iproute.Index("br0"));

        Command.Run("kill", "-STOP", $"{pid}");
        Iproute.Ip("link set br0 mtu 1300");

        Assert.True(Wait.Until(() => ServiceNode.Show("NRestarts") == "1" && ServiceNode.State == "active"), string.Join('\n', node.Journal()));
        Assert.NotEqual(pid, ServiceNode.Pid);
        Assert.Contains("Watchdog timeout", node.Manager(), StringComparison.Ordinal);

        // The network was not touched, and what changed meanwhile is repaired.
        Assert.Equal(bridge, Iproute.Index("br0"));
        Assert.True(Wait.Until(() => (int)Iproute.Link("br0")["mtu"]! == 1400), string.Join('\n', node.Journal()));
        Assert.True(Wait.Until(() => ServiceNode.StatusText == "1 policy in force"), ServiceNode.StatusText);
    }

    [VmFact]
    public void A_transaction_it_was_stopped_in_is_undone_first()
    {
        using var node = Watched();
        node.Start();

        // Applied and not yet kept: it waits for a confirmation that never comes.
        ServiceNode.Policy("trial", $"""
            apiVersion: nodeagent.dev/v1alpha1
            kind: NodeNetworkPolicy
            metadata: {"{"} name: trial {"}"}
            spec:
              confirm: 10m
              desiredState:
                {Bridge.Replace("\n", "\n    ", StringComparison.Ordinal)}
            """);
        Assert.True(Wait.Until(() => Command.Try("ip", "link", "show", "br0").Status == 0), string.Join('\n', node.Journal()));
        var first = Iproute.Index("br0");
        File.Delete("/etc/nodeagent/policies.d/trial.yaml");

        Command.Run("kill", "-STOP", $"{ServiceNode.Pid}");

        Assert.True(Wait.Until(() => ServiceNode.Show("NRestarts") == "1" && ServiceNode.State == "active"), string.Join('\n', node.Journal()));
        Assert.NotEqual(0, Command.Try("ip", "link", "show", "br0").Status);
        Assert.True(first > 0);
        node.Says("rolled back");
    }

    [VmFact]
    public void A_daemon_that_is_alive_is_left_alone()
    {
        using var node = Watched();
        ServiceNode.Systemctl("log-level", "debug");
        try
        {
            node.Start();
            var pid = ServiceNode.Pid;
            Assert.True(Wait.Until(() => Count(node.Manager(), "WATCHDOG=1") >= 4), node.Manager());
            Assert.Equal((pid, "0"), (ServiceNode.Pid, ServiceNode.Show("NRestarts")));
        }
        finally
        {
            ServiceNode.Systemctl("log-level", "info");
        }
    }

    private static int Count(string text, string word) => text.Split(word).Length - 1;

    private static ServiceNode Watched()
    {
        var node = new ServiceNode();
        ServiceNode.DropIn("WatchdogSec=6");
        return node;
    }
}
