using Google.Protobuf;
using NodeAgent.Api.Mapping;
using NodeAgent.Network.Planning;
using NodeAgent.Tests.Unit.Planning;
using Xunit;
using V1 = NodeAgent.Api.V1;

namespace NodeAgent.Tests.Unit.Api;

public sealed class PlanMappingTests
{
    public static TheoryData<string> Cases => CaseTests.Names;

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_plan_prints_the_same_on_the_other_side(string name)
    {
        var planned = new PlanCase(CaseTests.Folder(name));
        ComesBack(Planner.Plan(planned.Request(planned.Current)));
    }

    [Fact]
    public void Random_plans_lose_nothing()
    {
        for (var seed = 1; seed <= 200; seed++)
        {
            var random = new RandomNetwork(seed);
            var now = RandomNetwork.Nics();
            for (var i = 0; i < 3; i++)
            {
                var plan = Lab.Plan(now, random.Document(now));
                ComesBack(plan);
                now = PlanSimulator.Apply(now, plan.Steps);
            }
        }
    }

    private static void ComesBack(Plan plan)
    {
        var wire = PlanMapping.ToWire(plan);
        var back = PlanMapping.FromWire(V1.Plan.Parser.ParseFrom(wire.ToByteArray()));
        Assert.Equal(Lab.Text(plan), Lab.Text(back));
        Assert.Equal(PlanJson.ToJson(plan).ToJsonString(), PlanJson.ToJson(back).ToJsonString());
        Assert.Equal(wire, PlanMapping.ToWire(back));
    }
}
