using NodeAgent.Network.Model;
using NodeAgent.Network.Planning;
using NodeAgent.Network.Schema;
using NodeAgent.Network.Spec;
using NodeAgent.Tests.Unit.Planning;
using Xunit;

namespace NodeAgent.Tests.Unit.Spec;

public sealed class ExamplesTests
{
    public static TheoryData<string> All => [.. Examples.Files.Select(f => Path.GetFileName(f))];

    [Theory]
    [MemberData(nameof(All))]
    public void Every_example_reads_without_an_error(string file)
    {
        var result = DocumentReader.Load(Path.Combine(Examples.Folder, file));
        Assert.Empty(result.Errors);
        Assert.NotNull(result.Document);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Every_example_makes_sense_on_a_node_with_four_nics_and_is_in_force_once_applied(string file)
    {
        var desired = DocumentReader.Load(Path.Combine(Examples.Folder, file)).Document!.Desired;
        Assert.Empty(SemanticCheck.Check(desired, null));
        var node = Lab.LayoutNics();
        if (file == "trunk-21-100.yaml") node = PlanSimulator.Apply(node, Lab.Plan(node, Lab.Example("layout-a.yaml")).Steps);
        Assert.Empty(SemanticCheck.Check(desired, node));
        var plan = Planner.Plan(new PlanRequest { Desired = desired, Observed = node });
        Assert.Empty(plan.Refusals);
        Assert.NotEmpty(plan.Steps);
        var after = PlanSimulator.Apply(node, plan.Steps);
        Assert.Empty(SemanticCheck.Check(desired, after));
        Assert.Empty(Planner.Plan(new PlanRequest { Desired = desired, Observed = after }).Steps);
    }

    [Fact]
    public void There_is_an_example_of_every_type()
    {
        var types = Examples.Files.SelectMany(f => DocumentReader.Load(f).Document!.Desired.Interfaces).Select(i => i.Type).Distinct();
        Assert.Empty(InterfaceTypes.Names.Except(types.Select(t => t!.Value.ToText())));
    }

    [Fact]
    public void Layout_a_is_read_with_every_field()
    {
        var desired = DocumentReader.Read("layout-a.yaml", Examples.Text("layout-a.yaml")).Document!.Desired;
        Assert.Equal(["bond_mgmt", "bond_mgmt.10", "bond_data", "bond_data.20", "br0"], desired.Interfaces.Select(i => i.Name));
        var bond = desired.Interfaces[0];
        Assert.Equal(InterfaceType.Bond, bond.Type);
        Assert.Equal(BondMode.Lacp, bond.Fields[BondFields.Mode]!.Value.Number);
        Assert.Equal(100, bond.Fields[BondFields.Miimon]!.Value.Number);
        Assert.Equal(1, bond.Fields[BondFields.LacpRate]!.Value.Number);
        Assert.Equal(1, bond.Fields[BondFields.XmitHashPolicy]!.Value.Number);
        Assert.Equal(["enp1s0", "enp2s0"], bond.Ports!.Select(p => p.Name));
        Assert.Equal("192.168.0.21/22", bond.Ipv4!.Addresses!.Single().ToString());
        Assert.Equal("bond_data", desired.Interfaces[3].BaseLink);
        Assert.Equal(20, desired.Interfaces[3].Fields[VlanFields.Id]!.Value.Number);
        Assert.Equal("layout-a", bond.Policy);
        Assert.Equal("layout-a.yaml:4:3", bond.Mark.ToString());
        var route = desired.Routes.Single();
        Assert.Equal("0.0.0.0/0 10.20.30.1 bond_data.20", $"{route.Destination} {route.NextHopAddress} {route.NextHopInterface}");
    }

    [Fact]
    public void The_trunk_example_carries_21_to_100_and_the_native_vlan()
    {
        var desired = DocumentReader.Read("t.yaml", Examples.Text("trunk-21-100.yaml")).Document!.Desired;
        Assert.Equal("1 native, 21-100", desired.Interfaces.Single().Ports!.Single().Vlans!.ToString());
    }
}
