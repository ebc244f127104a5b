using NodeAgent.Cli.Sandbox;
using NodeAgent.Network.Model;
using NodeAgent.Network.Spec;
using Xunit;

namespace NodeAgent.Tests.Unit.Cli;

public sealed class LayoutFitTests
{
    private static readonly DesiredState s_layout = DocumentReader.Read("layout-a.yaml", """
        interfaces:
        - {name: bond_mgmt, type: bond, state: up, link-aggregation: {mode: 802.3ad, port: [enp1s0, enp2s0]}, ipv4: {enabled: true, address: [{ip: 192.168.0.21, prefix-length: 22}]}}
        - {name: bond_mgmt.10, type: vlan, state: up, vlan: {base-iface: bond_mgmt, id: 10}}
        - {name: bond_data, type: bond, state: up, link-aggregation: {mode: 802.3ad, port: [enp1s1, enp2s1]}}
        - {name: bond_data.20, type: vlan, state: up, vlan: {base-iface: bond_data, id: 20}}
        - {name: br0, type: linux-bridge, state: up, bridge: {port: [{name: bond_data, vlan: {mode: trunk, trunk-tags: [{id: 7}]}}]}}
        routes: {config: [{destination: 0.0.0.0/0, next-hop-address: 10.20.30.1, next-hop-interface: bond_data.20}]}
        """).Document!.Desired;

    [Fact]
    public void A_kernel_that_has_everything_gets_everything()
    {
        var fit = LayoutFit.Of(s_layout, new KernelParts(new Dictionary<InterfaceType, string>()));
        Assert.Same(s_layout, fit.Desired);
        Assert.Empty(fit.Notes);
    }

    [Fact]
    public void A_port_stands_in_for_a_bond_with_its_addresses_and_as_port_and_base()
    {
        var fit = LayoutFit.Of(s_layout, new KernelParts(new Dictionary<InterfaceType, string> { [InterfaceType.Bond] = "EOPNOTSUPP" }));
        Assert.Equal(["bond_data.20", "bond_mgmt.10", "br0", "enp1s0", "enp1s1"], fit.Desired.Interfaces.Select(i => i.Name).Order(StringComparer.Ordinal));
        var nic = fit.Desired.Interfaces.Single(i => i.Name == "enp1s0");
        Assert.Equal("192.168.0.21/22", nic.Ipv4!.Addresses![0].ToString());
        Assert.Equal(InterfaceType.Ethernet, nic.Type);
        Assert.Equal("enp1s0", fit.Desired.Interfaces.Single(i => i.Name == "bond_mgmt.10").BaseLink);
        Assert.Equal("enp1s1", fit.Desired.Interfaces.Single(i => i.Name == "br0").Ports![0].Name);
        Assert.Single(fit.Desired.Routes);
        Assert.Equal(["bond: unsupported by this kernel (EOPNOTSUPP); bond_mgmt is left out and enp1s0 stands in for it, bond_data is left out and enp1s1 stands in for it"], fit.Notes);
    }

    [Fact]
    public void What_hangs_on_a_missing_part_goes_with_it_and_is_named()
    {
        var fit = LayoutFit.Of(s_layout, new KernelParts(new Dictionary<InterfaceType, string> { [InterfaceType.Bond] = "EOPNOTSUPP", [InterfaceType.Vlan] = "EOPNOTSUPP: Unknown device type" }, "EOPNOTSUPP"));
        Assert.Equal(["br0", "enp1s0", "enp1s1"], fit.Desired.Interfaces.Select(i => i.Name).Order(StringComparer.Ordinal));
        Assert.Empty(fit.Desired.Routes);
        Assert.Null(fit.Desired.Interfaces.Single(i => i.Name == "br0").Ports![0].Vlans);
        Assert.Equal(
            [
                "vlan: unsupported by this kernel (EOPNOTSUPP: Unknown device type); bond_mgmt.10, bond_data.20 left out",
                "VLAN filtering: unsupported by this kernel (EOPNOTSUPP); the VLANs of port enp1s1 of br0 are left out",
                "the route to 0.0.0.0/0 over bond_data.20 is left out with it",
            ],
            fit.Notes.Skip(1));
    }
}
