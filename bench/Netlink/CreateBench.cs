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

    public void Run(Report report)
    {
        if (Links.Kind() is { } kind) NetworkNamespace.Run(() => Compare(report, kind));
        else report.Skip(KernelSupport.WhyNot(LinkKinds.Macvlan)!);
    }

    private static void Compare(Report report, string kind)
    {
        using var connection = NetlinkConnection.Open();
        Links.CreateBase(connection);
        var commands = Links.CreateCommands(kind, Count);
        var (ours, theirs) = (new Samples(), new Samples());
        for (var i = 0; i <= Repetitions; i++)
        {
            // The first of each warms up: the code here, the program's pages there.
            var (mine, other) = i == 0 ? (new Samples(), new Samples()) : (ours, theirs);
            mine.Add(Samples.Time(() => Links.Create(connection, kind, Count, Group)));
            Links.RemoveGroup(connection, Group);
            other.Add(Samples.Time(() => Command.Feed(commands, "ip", "-batch", "-")));
            PutInGroup(connection);
            Links.RemoveGroup(connection, Group);
        }

        var instead = kind == LinkKinds.Vlan ? "" : ", as this kernel has no VLANs";
        report.Line($"{Count} links ({kind}{instead}): {ours}; ip -batch: {theirs}");
        report.Judge("ratio", ours.Median / theirs.Median);
    }

    private static void PutInGroup(NetlinkConnection connection)
    {
        var links = new List<LinkMessage>();
        connection.DumpLinks(links);
        using var batch = new NetlinkBatch();
        foreach (var link in links.Where(link => link.Name!.StartsWith('l') && link.Name != "lo"))
            batch.SetLink(new LinkMessage { Index = link.Index, Group = Group });
        connection.Execute(batch).ThrowIfFailed();
    }
}
