using NodeAgent.Tests.Support;
using NodeAgent.Tests.Vm.Nodes;
using Xunit;

namespace NodeAgent.Tests.Vm;

/// <summary>A guest's address that somebody behind the uplink has as well, with two real stacks that answer for it, as the daemon tells it.</summary>
public sealed class MacTests
{
    private const string Guest = "02:00:00:00:00:42";

    [VmFact]
    public void A_guests_address_that_is_heard_over_the_uplink_as_well_is_told_and_goes_with_the_guest()
    {
        using var node = new RackNode();
        node.Apply("bridge", """
            interfaces:
            - { name: br0, type: linux-bridge, state: up, bridge: { port: [ { name: enp1s1 } ] } }
            - { name: enp1s1, type: ethernet, state: up }
            """);
        using var daemon = node.Daemon();
        var guest = node.Rack.Guest("br0", "tap1", "192.168.0.77/22");
        try
        {
            guest.SetMac(Guest);
            Assert.True(guest.Reaches(Rack.NativeGateway), "the guest has no way out");

            // Another machine on the switch, with the guest's address, asks for somebody in turn with it.
            node.Rack.Switch("link add double address " + Guest + " type veth peer name port");
            node.Rack.Switch("link set port master fabric up");
            node.Rack.Switch("address add 198.51.100.1/24 dev double");
            node.Rack.Switch("link set double up");
            Assert.True(Wait.Until(() =>
            {
                node.Rack.RunOnSwitch("ping", "-n", "-q", "-c", "1", "-W", "1", "-I", "double", "198.51.100.2");
                guest.Reaches(Rack.NativeGateway, 1);
                return Conflicts(node).Contains(Guest, StringComparison.Ordinal);
            }), Conflicts(node));
            Assert.Contains("tap1 of br0 and comes in over enp1s1 too", Conflicts(node), StringComparison.Ordinal);
        }
        finally
        {
            guest.Dispose();
        }

        Assert.True(Wait.Until(() => !Conflicts(node).Contains(Guest, StringComparison.Ordinal)), Conflicts(node));
    }

    private static string Conflicts(RackNode node) =>
        node.Rack.OnNode(() => AgentBinary.Run(AgentBinary.Program, ["net", "show", "-o", "json", "--socket", Path.Combine(node.Folder, "run", "nodeagent.sock")])).Json["macConflicts"]!.ToJsonString();
}
