using NodeAgent.Native.Netlink;
using NodeAgent.Native.Rtnl;
using NodeAgent.Tests.Support;

namespace NodeAgent.Bench.Netlink;

/// <summary>1,000 links in one batch, next to <c>ip -batch</c> in turns.</summary>
public sealed class CreateBench : IBench
{
    private const int Count = 1000;
    private const int Repetitions = 7;
    private const uint Group = 4711;

    public string Name => "create";

    public string Description => "create 1,000 links in one batch, against ip -batch";

    public Outcome Run() => Links.Kind() is { } kind
        ? NetworkNamespace.Run(() => Compare(kind))
        : Outcome.Skipped(KernelSupport.WhyNot(LinkKinds.Macvlan)!);

    private static Outcome Compare(string kind)
    {
        using var connection = NetlinkConnection.Open();
        Links.CreateBase(connection);
        var commands = Links.CreateCommands(kind, Count);
        var (ours, theirs) = (new Samples(), new Samples());
        for (var i = 0; i <= Repetitions; i++)
        {
            // The first of each warms up: the code here, the program's pages there.
            var (mine, other) = i == 0 ? (new Samples(), new Samples()) : (ours, theirs);
            mine.Measure(() => Links.Create(connection, kind, Count, Group));
            Links.RemoveGroup(connection, Group);
            other.Measure(() => Command.Feed(commands, "ip", "-batch", "-"));
            PutInGroup(connection);
            Links.RemoveGroup(connection, Group);
        }

        var ratio = ours.Median / theirs.Median;
        var limit = Budgets.Of("create", "ratio");
        var instead = kind == LinkKinds.Vlan ? "" : ", as this kernel has no VLANs";
        return Outcome.Of(ratio <= limit, $"{Count} links ({kind}{instead}): {ours.Median:0.0} ms, ip -batch {theirs.Median:0.0} ms: ratio {ratio:0.00} (at most {limit})");
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
