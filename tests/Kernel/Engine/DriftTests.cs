using Microsoft.Extensions.Logging.Abstractions;
using NodeAgent.Native.Rtnl;
using NodeAgent.Network.Applying;
using NodeAgent.Network.Drift;
using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Kernel.Engine;

/// <summary>The daemon on a real kernel: what is changed behind its back comes back.</summary>
public sealed class DriftTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private const string Bridge = """
        interfaces:
        - { name: br0, type: linux-bridge, state: up, mtu: 1400, bridge: { options: { mac-ageing-time: 120 }, port: [ { name: nic0 } ] }, ipv4: { enabled: true, address: [ { ip: 10.9.0.1, prefix-length: 24 } ] } }
        routes:
          config:
          - { destination: 10.77.0.0/16, next-hop-address: 10.9.0.254, next-hop-interface: br0 }
        """;

    [SkippableTheory]
    [InlineData("ip link del br0")]
    [InlineData("ip link set br0 down")]
    [InlineData("ip addr del 10.9.0.1/24 dev br0")]
    [InlineData("ip link set nic0 nomaster")]
    [InlineData("ip link set br0 type bridge ageing_time 5000")]
    [InlineData("ip route del 10.77.0.0/16")]
    [InlineData("ip link set br0 mtu 1300")]
    public void What_is_changed_behind_its_back_is_repaired(string change) => WithDaemon(Bridge, (node, daemon) =>
    {
        var before = Picture(node);
        Command.Line(change);
        Eventually(() => Picture(node) == before, () => $"after {change}:\n{Picture(node)}\nwanted:\n{before}");
        Eventually(() => daemon.Repairs > 0, () => "no repair was counted");
        Assert.NotEmpty(daemon.DriftCounts);
    });

    [SkippableFact]
    public void IPv6_comes_back_with_a_link_that_was_set_down() => WithDaemon("""
        interfaces:
        - { name: nic0, type: ethernet, state: up, ipv6: { enabled: true, address: [ { ip: "2001:db8::1", prefix-length: 64 } ] } }
        routes:
          config:
          - { destination: "2001:db8:77::/48", next-hop-address: "2001:db8::fe", next-hop-interface: nic0 }
        """, (node, daemon) =>
    {
        var before = Picture(node);
        Command.Line("ip link set nic0 down");
        Eventually(() => Picture(node) == before, () => $"{Picture(node)}\nwanted:\n{before}");
        Eventually(() => daemon.Repairs > 0, () => "no repair was counted");
    });

    [SkippableFact]
    public void What_a_restart_of_the_node_took_away_is_there_again_once_the_daemon_is_ready() => ApplyTests.OnNode(node =>
    {
        node.MustApply(Bridge);
        var before = Picture(node);
        Command.Line("ip link del br0");
        Command.Line("ip link set nic0 down");
        RunDaemon(node, _ => Assert.Equal(before, Picture(node)));
        Assert.Equal(1, node.Engine.Tools.Ledger.Load().Policies["test"].Generation);
    });

    [SkippableFact]
    public void A_nic_that_died_costs_its_own_part_only_and_is_taken_back_when_it_returns() => ApplyTests.OnNode(node =>
    {
        node.MustApply("""
            interfaces:
            - { name: nic0, type: ethernet, state: up, mtu: 1400 }
            - { name: nic1, type: ethernet, state: up, mtu: 1400 }
            - { name: br0, type: linux-bridge, state: up, bridge: { port: [ { name: nic0 }, { name: nic1 } ] }, ipv4: { enabled: true, address: [ { ip: 10.9.0.1, prefix-length: 24 } ] } }
            """);
        Command.Line("ip link del br0");
        Command.Line("ip link del nic1");
        RunDaemon(node, daemon =>
        {
            Assert.Contains("master br0", Command.Line("ip link show nic0"), StringComparison.Ordinal);
            Assert.Contains("10.9.0.1/24", Command.Line("ip addr show br0"), StringComparison.Ordinal);
            Eventually(() => node.Engine.Policies() is [{ State: "degraded" } status] && status.Message.Contains("nic1", StringComparison.Ordinal), () => $"{node.Engine.Policies()[0]}");
            Command.Line("ip link add nic1 type veth peer name nic1-peer");
            Eventually(() => Command.Line("ip link show nic1") is var line && line.Contains("master br0", StringComparison.Ordinal) && line.Contains("mtu 1400", StringComparison.Ordinal), () => Command.Line("ip link show nic1"));
            Eventually(() => node.Engine.Policies() is [{ State: "in force" }], () => $"{node.Engine.Policies()[0]}");
            Assert.NotEqual(0, daemon.Repairs);
        });
    });

    [SkippableFact]
    public void A_state_folder_that_fails_for_a_while_costs_that_while_only() => WithDaemon(Bridge, (node, daemon) =>
    {
        var before = Picture(node);
        var ledger = Path.Combine(node.State, "ledger.json");
        var text = File.ReadAllText(ledger);
        File.WriteAllText(ledger, "{ not a ledger");
        Command.Line("ip link set br0 mtu 1300");
        Thread.Sleep(300);
        Assert.Equal(0, daemon.Repairs);
        File.WriteAllText(ledger, text);
        Eventually(() => Picture(node) == before, () => Picture(node));
    });

    [SkippableFact]
    public void A_policy_that_only_observes_is_counted_and_not_repaired() => WithDaemon("""
        apiVersion: nodeagent.dev/v1alpha1
        kind: NodeNetworkPolicy
        metadata: { name: test }
        spec:
          mode: observe
          desiredState:
            interfaces:
            - { name: br0, type: linux-bridge, mtu: 1400 }
        """, (node, daemon) =>
    {
        Command.Line("ip link set br0 mtu 1300");
        Eventually(() => daemon.DriftCounts.Count > 0, () => "no drift was counted");
        // It is counted before it is told.
        Eventually(() => node.Engine.Policies() is [{ Name: "test", State: "drifted" }], () => $"{node.Engine.Policies()[0]}");
        Assert.Equal(0, daemon.Repairs);
        Assert.Contains("mtu 1300", Command.Line("ip link show br0"), StringComparison.Ordinal);
    });

    [SkippableFact]
    public void A_tug_of_war_ends_with_the_agent_letting_go_and_saying_so() => WithDaemon(Bridge, (node, daemon) =>
    {
        node.MustApply("interfaces: [ { name: nic1, type: ethernet, state: up, mtu: 1450 } ]", "other");
        for (var pull = 1; pull <= 5; pull++)
        {
            Command.Line("ip link set br0 mtu 1300");
            var expected = pull;
            Eventually(() => daemon.Repairs >= expected && Command.Line("ip link show br0").Contains("mtu 1400", StringComparison.Ordinal), () => $"pull {expected} was not repaired");
        }

        PolicyStatus Status() => node.Engine.Policies().Single(p => p.Name == "test");
        Eventually(() => Status().State == "tug of war", () => $"{Status()}");
        Assert.Contains("mtu", Status().Message, StringComparison.Ordinal);

        // Changes are heard in their order: once the later one is repaired, the earlier one has been let be.
        Command.Line("ip link set br0 mtu 1300");
        Command.Line("ip link set nic1 mtu 1300");
        Eventually(() => Command.Line("ip link show nic1").Contains("mtu 1450", StringComparison.Ordinal), () => "nic1 was not repaired");
        Assert.Contains("mtu 1300", Command.Line("ip link show br0"), StringComparison.Ordinal);

        daemon.Reload();
        Eventually(() => Command.Line("ip link show br0").Contains("mtu 1400", StringComparison.Ordinal), () => "a reload did not start repairing again");
    });

    [SkippableFact]
    public void A_file_put_into_policies_d_is_applied_and_a_wrong_one_reported() => WithDaemon(Bridge, (node, daemon) =>
    {
        File.WriteAllText(Path.Combine(node.Paths.PoliciesFolder, "second.yaml"), "interfaces: [ { name: mv0, type: mac-vlan, mac-vlan: { base-iface: nic1, mode: bridge } } ]");
        Eventually(() => node.Engine.Observe().Find("mv0") is { Up: true }, () => "mv0 did not come");
        File.WriteAllText(Path.Combine(node.Paths.PoliciesFolder, "third.yaml"), "interfaces: [ { name: br0, type: linux-bridge, mtu: 1280 } ]");
        Eventually(() => node.Engine.Policies().Any(p => p is { Name: "third", State: "conflict" }), () => "the conflict was not reported");
        Assert.Contains("mtu 1400", Command.Line("ip link show br0"), StringComparison.Ordinal);
    });

    [SkippableFact]
    public void A_policy_that_conflicts_keeps_no_other_one_out() => WithDaemon(Bridge, (node, daemon) =>
    {
        File.WriteAllText(Path.Combine(node.Paths.PoliciesFolder, "against.yaml"), "interfaces: [ { name: br0, type: linux-bridge, mtu: 1280 } ]");
        Eventually(() => node.Engine.Policies().Any(p => p is { Name: "against", State: "conflict" }), () => "the conflict was not reported");
        File.WriteAllText(Path.Combine(node.Paths.PoliciesFolder, "beside.yaml"), "interfaces: [ { name: mv0, type: mac-vlan, mac-vlan: { base-iface: nic1, mode: bridge } } ]");
        Eventually(() => node.Engine.Observe().Find("mv0") is { Up: true }, () => string.Join('\n', node.Engine.Policies()));
        Assert.True(node.Delete("beside").Outcome == ApplyOutcome.Committed);
    });

    [SkippableTheory]
    [InlineData("conflict", "two policies", "{ name: br0, type: linux-bridge, mtu: 1280 }")]
    [InlineData("not applied", "EEXIST", "{ name: vx0, type: vxlan, vxlan: { id: 5, remote: 10.9.0.2, base-iface: nic1 } }, { name: vx1, type: vxlan, vxlan: { id: 5, remote: 10.9.0.2, base-iface: nic1 } }")]
    public void Why_a_policy_was_not_taken_is_said_for_as_long_as_it_is_not(string state, string why, string links) => WithDaemon(Bridge, (node, daemon) =>
    {
        KernelSupport.Require(LinkKinds.Vxlan);
        bool Said() => node.Engine.Policies().Any(p => p.Name == "wrong" && p.State == state && p.Message.Contains(why, StringComparison.Ordinal));
        var status = Path.Combine(node.Paths.Run, "status.json");
        File.WriteAllText(Path.Combine(node.Paths.PoliciesFolder, "wrong.yaml"), $"interfaces: [ {links} ]");
        Eventually(Said, () => string.Join('\n', node.Engine.Policies()));

        // The files of a transaction have the policies read again, but are no reason to try this one again.
        for (var i = 0; i < 3; i++)
        {
            // Two files that are written one after the other may have the same time.
            var told = DateTime.UnixEpoch;
            File.SetLastWriteTimeUtc(status, told);
            File.WriteAllText(Path.Combine(node.State, "transactions", $"file-{i}"), "");
            Eventually(() => File.GetLastWriteTimeUtc(status) != told, () => "the policies were not read again");
            Assert.True(Said(), string.Join('\n', node.Engine.Policies()));
        }
    });

    [SkippableFact]
    public void What_a_killed_transaction_left_is_rolled_back_while_the_daemon_runs() => WithDaemon(Bridge, (node, daemon) =>
    {
        var before = Picture(node);
        var file = Path.Combine(node.State, "change.yaml");
        File.WriteAllText(file, "interfaces: [ { name: mv0, type: mac-vlan, mac-vlan: { base-iface: nic1, mode: bridge } }, { name: mv1, type: mac-vlan, mac-vlan: { base-iface: nic1, mode: bridge } } ]");
        var (status, output, error) = Command.Try("dotnet", Path.Combine(AppContext.BaseDirectory, "crashhost.dll"), node.State, file, "3", Path.Combine(node.State, "etc"));
        Assert.True(status == 137, output + error);
        Eventually(() => Picture(node) == before, () => Picture(node));
    });

    internal static string Picture(TestEngine node) => NodePicture.Of(node.Engine.Observe());

    internal static void Eventually(Func<bool> reached, Func<string> state)
    {
        if (!Wait.Until(reached)) Assert.Fail("it did not come to that: " + state());
    }

    internal static void WithDaemon(string policy, Action<TestEngine, DriftDaemon> act, params IReadOnlyList<IDaemonObserver> observers) => ApplyTests.OnNode(node =>
    {
        node.MustApply(policy);
        RunDaemon(node, daemon => act(node, daemon), observers);
    });

    private static void RunDaemon(TestEngine node, Action<DriftDaemon> act, params IReadOnlyList<IDaemonObserver> observers)
    {
        using var stop = new CancellationTokenSource();
        using var engine = new NodeAgent.Network.NetworkEngine(node.Options);
        using var daemon = new DriftDaemon(engine, new DriftOptions(), NullLogger.Instance, observers);
        using var ready = new ManualResetEventSlim();
        var thread = new Thread(() => daemon.Run(ready.Set, stop.Token));
        thread.Start();
        try
        {
            Assert.True(ready.Wait(s_patience), "the daemon does not become ready");
            act(daemon);
        }
        finally
        {
            stop.Cancel();
            Assert.True(thread.Join(s_patience), "the daemon did not stop");
        }
    }
}
