using NodeAgent.Bench.Harness;
using NodeAgent.Native.Netlink;
using NodeAgent.Native.Rtnl;
using NodeAgent.Tests.Support;

namespace NodeAgent.Bench.Netlink;

/// <summary>1,000 links in one batch, next to <c>ip -batch</c> in turns.</summary>
internal sealed class CreateBench : IBench
{
    private const int Count = 1000;
    private const int Repetitions = 7;
    private const uint Group = 4711;

    public string Name => "create";

    public string Description => "create 1,000 links in one batch, against ip -batch";

    public Place Place => Place.Vm;

    public void Run(Report report) => Links.Run(report, (connection, kind) => Compare(report, connection, kind));

    private static void Compare(Report report, NetlinkConnection connection, string kind)
    {
        var commands = Links.CreateCommands(kind, Count);
        var (ours, theirs) = (new Samples(), new Samples());
        for (var i = 0; i <= Repetitions; i++)
        {
            // The first of each warms up: the code here, the program's pages there.
            var (mine, other) = i == 0 ? (new Samples(), new Samples()) : (ours, theirs);
            mine.Add(Samples.Time(() => Links.Create(connection, kind, Count, Group)));
            Links.RemoveGroup(connection, Group);
            other.Add(Samples.Time(() => Command.Feed(commands, "ip", "-batch", "-")));
            Links.Remove(connection, Links.Of(connection, kind), Group);
        }

        var instead = kind == LinkKinds.Vlan ? "" : ", as this kernel has no VLANs";
        report.Line($"{Count} links ({kind}{instead}): {ours}; ip -batch: {theirs}");
        report.Judge("ratio", ours.Median / theirs.Median);
    }
}
