using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Vm;

/// <summary>The rack of the other tests, proven with links that <c>ip</c> makes: what fails there is then the agent.</summary>
public sealed class RackTests
{
    [VmFact]
    public void Node_has_four_nics_and_nothing_else()
    {
        using var rack = Rack.Create();

        var names = rack.Ip("-br link").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('@', ' ')[0]);

        Assert.Equal(Rack.Nics.Append("lo").Order(), names.Order());
    }

    [VmFact]
    public void Layout_a_with_lacp_reaches_every_gateway_and_survives_a_pulled_cable()
    {
        using var rack = Rack.Create(lacp: true);
        rack.IpBatch(LayoutA("802.3ad lacp_rate fast"));

        Assert.True(rack.Aggregates("bond_mgmt", 2), "bond_mgmt: " + rack.Link("bond_mgmt"));
        Assert.True(rack.Aggregates("bond_data", 2), "bond_data: " + rack.Link("bond_data"));
        Assert.True(rack.Answers(Rack.NativeGateway), "native gateway");
        Assert.True(rack.Answers(Rack.ManagementGateway), "management gateway");
        Assert.True(rack.Answers(Rack.DataGateway), "data gateway");

        rack.Unplug("enp1s1");
        Assert.True(rack.Aggregates("bond_data", 1), "bond_data: " + rack.Link("bond_data"));
        Assert.True(rack.Answers(Rack.DataGateway), "data gateway on the other cable");
        rack.Plug("enp1s1");
        Assert.True(rack.Aggregates("bond_data", 2), "bond_data: " + rack.Link("bond_data"));
    }

    [VmFact]
    public void Layout_a_with_active_backup_reaches_every_gateway()
    {
        using var rack = Rack.Create();
        rack.IpBatch(LayoutA("active-backup"));

        Assert.True(rack.Answers(Rack.ManagementGateway), "management gateway");
        Assert.True(rack.Answers(Rack.DataGateway), "data gateway");

        rack.Unplug("enp1s1");
        rack.Unplug("enp2s1");
        Assert.False(rack.Answers(Rack.DataGateway, seconds: 1), "the data gateway answers through cut cables");
    }

    [VmFact]
    public void Switch_drops_a_vlan_it_does_not_carry()
    {
        using var rack = Rack.Create();
        rack.IpBatch("""
            link set enp1s0 up
            link add link enp1s0 name enp1s0.11 type vlan id 11
            address add 172.16.0.5/22 dev enp1s0.11
            link set enp1s0.11 up

            """);

        Assert.False(rack.Answers(Rack.ManagementGateway, seconds: 1));
    }

    [VmFact]
    public void Programs_run_on_the_node_see_its_links_in_sys()
    {
        using var rack = Rack.Create();

        Assert.Contains("enp2s1", rack.Run("ls", "/sys/class/net").Output, StringComparison.Ordinal);
    }

    [VmFact]
    public void Code_runs_on_the_node_and_so_do_the_programs_it_starts()
    {
        using var rack = Rack.Create();

        Assert.Contains("enp2s1", rack.OnNode(() => Command.Line("ip -br link")), StringComparison.Ordinal);
        Assert.DoesNotContain("enp2s1", Command.Line("ip -br link"), StringComparison.Ordinal);
    }

    [VmFact]
    public void Nothing_is_left_of_it()
    {
        Rack.Create(lacp: true).Dispose();

        Assert.DoesNotContain("rack", Command.Line("ip netns list"), StringComparison.Ordinal);
    }

    private static string LayoutA(string mode) => $"""
        link add bond_mgmt type bond mode {mode} miimon 50
        link add bond_data type bond mode {mode} miimon 50
        link set enp1s0 master bond_mgmt
        link set enp2s0 master bond_mgmt
        link set enp1s1 master bond_data
        link set enp2s1 master bond_data
        link add br0 type bridge forward_delay 0
        link set bond_data master br0
        link add link bond_mgmt name bond_mgmt.10 type vlan id 10
        link add link bond_data name bond_data.20 type vlan id 20
        address add 192.168.0.5/22 dev bond_mgmt
        address add 172.16.0.5/22 dev bond_mgmt.10
        address add 10.20.30.5/16 dev bond_data.20
        link set bond_mgmt up
        link set bond_data up
        link set br0 up
        link set bond_mgmt.10 up
        link set bond_data.20 up
        route add default via {Rack.DataGateway}

        """;
}
