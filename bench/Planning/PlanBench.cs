using NodeAgent.Bench.Harness;
using NodeAgent.Network.Model;
using NodeAgent.Network.Planning;
using NodeAgent.Network.Schema;

namespace NodeAgent.Bench.Planning;

/// <summary>Desired state of 4,000 links against 4,000 that exist: all to be created, all to be changed, and nothing to do.</summary>
internal sealed class PlanBench : IBench
{
    private const int Links = 4000;
    private const int WarmUp = 40;
    private const int Rounds = 21;

    public string Name => "plan";

    public string Description => "plan for 4,000 links against 4,000 existing ones, and for twice as many";

    public Place Place => Place.Host;

    public void Run(Report report)
    {
        (string What, Func<int, PlanRequest> Make, int StepsALink)[] cases =
        [
            ("create", n => Request(Desired("new", n, 1500), Observed("old", n)), 2),
            ("change", n => Request(Desired("old", n, 9000), Observed("old", n)), 1),
            ("same", n => Request(Desired("old", n, 1500), Observed("old", n)), 0),
        ];
        foreach (var (what, make, steps) in cases)
        {
            PlanRequest once = make(Links), twice = make(2 * Links);
            for (var i = 0; i < WarmUp; i++) Plan(once, Links * steps);
            var samples = Samples.Interleaved(Rounds, () => CpuClock.Time(() => Plan(once, Links * steps)), () => CpuClock.Time(() => Plan(twice, 2 * Links * steps)));
            report.Line($"{what}: {samples[0]}; twice as many: {samples[1]}");
            report.Judge(what, samples[0].Median);
            report.Judge(what + "-growth", samples[1].Median / samples[0].Median);
        }
    }

    private static void Plan(PlanRequest request, int atLeast)
    {
        var plan = Planner.Plan(request);
        if (plan.Refusals.Count > 0) throw new InvalidOperationException(plan.Refusals[0].Message);
        if (plan.Steps.Count < atLeast || (atLeast == 0 && plan.Steps.Count > 0)) throw new InvalidOperationException($"The plan has {plan.Steps.Count} steps.");
    }

    private static PlanRequest Request(DesiredState desired, NetworkSnapshot observed) => new() { Desired = desired, Observed = observed };

    private static DesiredState Desired(string prefix, int count, int mtu) => new()
    {
        Interfaces =
        [
            .. Enumerable.Range(0, count).Select(i => new InterfaceSpec($"{prefix}{i}")
            {
                Type = InterfaceType.Vlan,
                State = InterfaceState.Up,
                Fields = Fields(i, mtu),
                Ipv4 = new IpSpec { Enabled = true, Addresses = [Address(i)] },
            }),
        ],
    };

    private static NetworkSnapshot Observed(string prefix, int count)
    {
        var snapshot = new NetworkSnapshot();
        for (var i = 0; i < (count / 4000) + 1; i++)
            snapshot.Put(new LinkState { Index = i + 1, Name = Base(i * 4000), Type = InterfaceType.Ethernet, Up = true, Fields = new FieldSet().Set(CommonFields.Mtu, 9000) });
        for (var i = 0; i < count; i++)
        {
            snapshot.Put(new LinkState
            {
                Index = i + 100,
                Name = $"{prefix}{i}",
                Type = InterfaceType.Vlan,
                Up = true,
                Carrier = true,
                OperState = "up",
                Fields = Fields(i, 1500),
                Addresses = [new AddressState(Address(i))],
            });
        }

        return snapshot;
    }

    private static FieldSet Fields(int i, int mtu) => new FieldSet().Set(CommonFields.Mtu, mtu).Set(VlanFields.BaseLink, Base(i)).Set(VlanFields.Id, (i % 4000) + 1);

    private static string Base(int i) => $"nic{i / 4000}";

    private static IpCidr Address(int i) => IpCidr.TryParse($"10.{i >> 8}.{i & 255}.1/24", out var cidr) ? cidr : throw new InvalidOperationException("not an address");
}
