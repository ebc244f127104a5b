using NodeAgent.Native.Rtnl;
using NodeAgent.Network;
using NodeAgent.Network.Applying;
using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Kernel.Engine;

/// <summary>kill -9 at every report of progress, one after each step of the plan: the next start finds the node as before or as desired, never between.</summary>
public sealed class CrashTests
{
    private const string Before = """
        interfaces:
        - { name: br1, type: linux-bridge, bridge: { port: [ { name: nic1 } ] }, ipv4: { enabled: true, address: [ { ip: 10.6.0.1, prefix-length: 24 } ] } }
        - { name: mv1, type: mac-vlan, mac-vlan: { base-iface: nic0, mode: bridge }, ipv4: { enabled: true, address: [ { ip: 10.5.0.1, prefix-length: 24 } ] } }
        routes:
          config:
          - { destination: 10.66.0.0/16, next-hop-address: 10.6.0.254, next-hop-interface: br1 }
        """;

    private const string Desired = """
        interfaces:
        - { name: br1, type: linux-bridge, state: absent }
        - { name: mv1, type: mac-vlan, state: absent }
        - { name: nic0, type: ethernet, mtu: 1400 }
        - { name: nic1, type: ethernet, mtu: 1400 }
        - { name: br0, type: linux-bridge, bridge: { options: { mac-ageing-time: 60 }, port: [ { name: nic0 }, { name: nic1 } ] }, ipv4: { enabled: true, address: [ { ip: 10.9.0.1, prefix-length: 24 } ] } }
        - { name: mv0, type: mac-vlan, mac-vlan: { base-iface: br0, mode: bridge }, state: up }
        - { name: v0, type: veth, veth: { peer: v1 }, state: up }
        routes:
          config:
          - { destination: 10.77.0.0/16, next-hop-address: 10.9.0.254, next-hop-interface: br0 }
        """;

    [SkippableFact]
    public void The_node_is_as_before_or_as_desired_after_a_kill_at_any_point() => CrashEverywhere(Before, Desired, ["nic0", "nic1"]);

    /// <summary>Runs the change again and again, each time killed one report later, until it ends by itself.</summary>
    internal static void CrashEverywhere(string before, string desired, IReadOnlyList<string> nics)
    {
        KernelSupport.Require(LinkKinds.Veth, LinkKinds.Bridge, LinkKinds.Macvlan);
        int asBefore = 0, asDesired = 0;
        for (var at = 0; ; at++)
        {
            if (NetworkNamespace.Run(() => CrashAt(before, desired, nics, at, ref asBefore, ref asDesired))) break;
        }

        // The journal, every step, the proof and the commit have each been a point of death.
        Assert.True(asBefore > 5, $"killed {asBefore} times before the commit");
        Assert.True(asDesired > 0, "never killed after the commit");
    }

    private static bool CrashAt(string before, string desired, IReadOnlyList<string> nics, int at, ref int asBefore, ref int asDesired)
    {
        foreach (var nic in nics)
        {
            Command.Line($"ip link add {nic} type veth peer name {nic}-peer");
            Command.Line($"ip link set {nic}-peer up");
        }

        using var node = new TestEngine();
        node.MustApply(before, "before");
        node.Engine.Tools.Policies.Store("before", null);
        var picture = NodePicture.Of(node.Engine.Observe());
        var file = Path.Combine(node.State, "desired.yaml");
        File.WriteAllText(file, desired);
        var (status, output, error) = Command.Try("dotnet", Path.Combine(AppContext.BaseDirectory, "crashhost.dll"), node.State, file, $"{at}");
        if (status == 0) return true;
        Assert.True(status == 137, $"{status} {output} {error}");

        using var next = new NetworkEngine(node.Options);
        var told = string.Join('\n', next.Recover(null));
        var now = next.Observe();
        var plan = next.Plan(TestEngine.Document(desired), new HashSet<string>());
        if (NodePicture.Of(now) == picture)
        {
            asBefore++;
            Assert.DoesNotContain(next.Tools.Journal.ReadAll(), r => r.State is TransactionState.Open or TransactionState.Stuck);
        }
        else
        {
            Assert.True(plan.Errors.Count == 0 && plan.Plan.IsEmpty, $"killed at {at}, the node is neither as before nor as desired:\n{told}\n{output}\nwas:\n{picture}\nis:\n{NodePicture.Of(now)}");
            asDesired++;
        }

        return false;
    }
}
