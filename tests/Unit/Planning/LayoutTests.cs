using NodeAgent.Network.Planning;
using Xunit;
using Xunit.Abstractions;

namespace NodeAgent.Tests.Unit.Planning;

public sealed class LayoutTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("layout-a.yaml")]
    [InlineData("layout-b.yaml")]
    [InlineData("layout-c.yaml")]
    [InlineData("veth.yaml")]
    [InlineData("vxlan.yaml")]
    [InlineData("dummy.yaml")]
    public void An_example_applied_once_leaves_nothing_to_do(string example)
    {
        var now = Lab.LayoutNics();
        var desired = Lab.Example(example);
        var plan = Lab.Plan(now, desired);
        output.WriteLine(Lab.Text(plan));
        Assert.Empty(plan.Refusals);
        Assert.NotEmpty(plan.Steps);

        var after = PlanSimulator.Apply(now, plan.Steps);
        Assert.Equal(PlanText.NothingToDo, Lab.Text(Lab.Plan(after, desired)).Trim());
    }

    [Fact]
    public void A_trunk_on_top_of_layout_a_is_exact()
    {
        var now = Lab.After(Lab.LayoutNics(), Lab.Example("layout-a.yaml"));
        var desired = Lab.Example("trunk-21-100.yaml");
        var plan = Lab.Plan(now, desired);
        output.WriteLine(Lab.Text(plan));
        var after = PlanSimulator.Apply(now, plan.Steps);
        Assert.Equal("1 native, 21-100", after.Find("bond_data")!.Vlans!.ToString());
        Assert.Equal("1 native", after.Find("br0")!.Vlans!.ToString());
        Assert.Empty(Lab.Plan(after, desired).Steps);
    }
}
