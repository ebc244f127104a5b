using NodeAgent.Tests.Support;
using NodeAgent.Tests.Vm.Nodes;
using Xunit;
using Xunit.Abstractions;

namespace NodeAgent.Tests.Vm;

/// <summary>
/// kill -9 after every single step of a layout's making, change and removal, and at every word of progress between. Whoever comes
/// next finds the node as before or as desired, never between; what is nobody's is as it was.
/// </summary>
public sealed class CrashTests(ITestOutputHelper output)
{
    private static readonly string s_a = File.ReadAllText(AgentBinary.Example("layout-a.yaml"));
    private static readonly string s_b = File.ReadAllText(AgentBinary.Example("layout-b.yaml"));

    [VmFact]
    public void Making_layout_a() => KilledEverywhere(null, s_a);

    [VmFact]
    public void Changing_layout_a_to_layout_b() => KilledEverywhere(
        s_a,
        LayoutTests.Without(s_b.Replace("interfaces:\n", "interfaces:\n- { name: bond_data.20, type: vlan, state: absent }\n", StringComparison.Ordinal), "bond_mgmt", "bond_data"));

    [VmFact]
    public void Giving_its_uplink_a_trunk() => KilledEverywhere(s_b, s_b.Replace("    - name: bond0\n  ipv4", "    - name: bond0\n      vlan: { mode: trunk, enable-native: true, tag: 1, trunk-tags: [ { id-range: { min: 21, max: 100 } } ] }\n  ipv4", StringComparison.Ordinal));

    [VmFact]
    public void Removing_layout_a() => KilledEverywhere(s_a, """
        interfaces:
        - { name: br0, type: linux-bridge, state: absent }
        - { name: bond_mgmt.10, type: vlan, state: absent }
        - { name: bond_data.20, type: vlan, state: absent }
        - { name: bond_mgmt, type: bond, state: absent }
        - { name: bond_data, type: bond, state: absent }
        """);

    private void KilledEverywhere(string? before, string desired)
    {
        int asBefore = 0, asDesired = 0, at = 0;
        RackNode? node = null;
        var picture = "";
        try
        {
            for (; ; at++)
            {
                if (node is null) (node, picture) = Begin(before);
                var (status, said, error) = Killed(node, desired, at);
                if (status == 0) break;
                Assert.True(status == 137, $"killed at {at}: {status} {said} {error}");

                // Any command that takes the node's lock puts it right first.
                var next = node.Agent("net delete no-such-policy");
                var now = node.Reader.Picture();
                if (now == picture)
                {
                    asBefore++;
                    continue;
                }

                var plan = node.Agent($"net plan --detailed-exitcode -f {Path.Combine(node.Folder, "layout.yaml")}");
                Assert.True(plan.Status == 0, $"killed at {at}, neither as before nor as desired:\n{said}\n{next}\n{plan}\nwas:\n{picture}\nis:\n{now}");
                Assert.Equal(Foreign(picture), Foreign(now));
                asDesired++;
                node.Dispose();
                node = null;
            }
        }
        finally
        {
            node?.Dispose();
        }

        output.WriteLine($"killed {at} times: {asBefore} times the node was then as before, {asDesired} times as desired");
        Assert.InRange(asBefore, 5, int.MaxValue);
        Assert.InRange(asDesired, 1, int.MaxValue);
    }

    private static (RackNode Node, string Picture) Begin(string? before)
    {
        var node = new RackNode();
        node.Rack.IpBatch("""
            link add theirs type dummy
            link add theirs.7 link theirs type vlan id 7
            address add 203.0.113.99/32 dev theirs
            link set theirs up
            route add 198.18.0.0/15 dev theirs

            """);
        if (before is not null) node.Apply("layout", before);
        return (node, node.Reader.Picture());
    }

    private static (int Status, string Output, string Error) Killed(RackNode node, string desired, int at) => node.Rack.OnNode(() => Command.Try(
        "dotnet", Path.Combine(AppContext.BaseDirectory, "crashhost.dll"), node.State, node.Document("layout", desired), $"{at}", node.Folder));

    private static string Foreign(string picture) => string.Join('\n', picture.Split('\n').Where(line => line.Contains("theirs", StringComparison.Ordinal)));
}
