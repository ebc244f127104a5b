using NodeAgent.Tests.Support;
using NodeAgent.Tests.Vm.Nodes;
using Xunit;

namespace NodeAgent.Tests.Vm;

/// <summary>Layout A with its trunk under `nodeagent run`: whatever is changed behind its back comes back, and the log says what and by whom.</summary>
public sealed class DriftTests(DriftTests.WatchedLayout layout) : IClassFixture<DriftTests.WatchedLayout>
{
    // A link that is deleted goes down first: which of the two the log says depends on when the daemon looks.
    [VmTheory]
    [InlineData("ip link del br0", "br0: state was ")]
    [InlineData("ip link set br0 down", "br0: state was down, policy layout-a wants up")]
    [InlineData("ip link set br0 mtu 1400", "br0: mtu was 1400, policy layout-a wants 1500")]
    [InlineData("ip link set br0 type bridge stp_state 1", "br0: bridge.options.stp.enabled was true, policy layout-a wants false")]
    [InlineData("ip link set bond_data nomaster", "bond_data: controller was none, policy layout-a wants br0")]
    [InlineData("ip link set enp1s0 nomaster", "enp1s0: controller was none, policy layout-a wants bond_mgmt")]
    [InlineData("ip link set enp2s1 down", "enp2s1: state was down, policy layout-a wants up")]
    [InlineData("ip link set bond_data type bond miimon 200", "bond_data: link-aggregation.options.miimon was 200, policy layout-a wants 100")]
    [InlineData("ip link set bond_mgmt type bond xmit_hash_policy layer2", "bond_mgmt: link-aggregation.options.xmit_hash_policy was layer2, policy layout-a wants layer3+4")]
    [InlineData("ip link set bond_mgmt down", "bond_mgmt: state was down, policy layout-a wants up")]
    [InlineData("bridge vlan del dev bond_data vid 50", "bond_data: vlan was 1 native, 21-49, 51-100, policy layout-a wants 1 native, 21-100")]
    [InlineData("bridge vlan add dev bond_data vid 2000", "bond_data: vlan was 1 native, 21-100, 2000, policy layout-a wants 1 native, 21-100")]
    [InlineData("ip link del bond_data.20", "bond_data.20: state was ")]
    [InlineData("ip link set bond_data.20 down", "bond_data.20: state was down, policy layout-a wants up")]
    public void What_is_changed_behind_its_back_is_put_back(string change, string said) => Repaired(change, said);

    // Of addresses and routes the kernel says whose request it was; of links it does not.
    [VmTheory]
    [InlineData("ip address del 172.16.0.21/22 dev bond_mgmt.10", "bond_mgmt.10: ipv4.address was none, policy layout-a wants 172.16.0.21/22 (changed by process ")]
    [InlineData("ip route del default", "bond_data.20: route was none, policy layout-a wants default via 10.20.30.1 dev bond_data.20 (changed by process ")]
    public void Who_took_an_address_or_a_route_away_is_named(string change, string said) => Repaired(change, said);

    private void Repaired(string change, string said)
    {
        var (node, daemon, before) = layout.Get();
        var logged = daemon.Log.Length;

        node.Rack.OnNode(() => Command.Line(change));

        Assert.True(Wait.Until(() => node.Reader.Picture() == before), $"after {change}:\n{node.Reader.Picture()}\nbefore:\n{before}\n{daemon.Log[logged..]}");
        Assert.True(Wait.Until(() => daemon.Log[logged..].Contains(said, StringComparison.Ordinal)), $"not said: {said}\n{daemon.Log[logged..]}");
        Assert.True(node.Rack.Answers(Rack.DataGateway), "data gateway");
    }

    /// <summary>One layout and one daemon for all changes; made by the first test that is not skipped.</summary>
    public sealed class WatchedLayout : IDisposable
    {
        private RackNode? node;
        private AgentDaemon? daemon;
        private string before = "";

        internal (RackNode Node, AgentDaemon Daemon, string Before) Get()
        {
            if (node is null || daemon is null)
            {
                node = new RackNode(lacp: true);
                node.Apply("layout-a", File.ReadAllText(AgentBinary.Example("layout-a.yaml")).Replace("  type: linux-bridge\n", "  type: linux-bridge\n  mtu: 1500\n", StringComparison.Ordinal));
                node.ApplyExample("trunk-21-100.yaml");
                before = node.Reader.Picture();
                daemon = node.Daemon();
            }

            Assert.True(daemon.IsRunning, $"the daemon has ended:\n{daemon.Log}");
            return (node, daemon, before);
        }

        public void Dispose()
        {
            daemon?.Dispose();
            node?.Dispose();
        }
    }
}
