using NodeAgent.Bench.Harness;
using NodeAgent.Native.Netlink;
using NodeAgent.Native.Rtnl;
using NodeAgent.Tests.Support;

namespace NodeAgent.Bench.Netlink;

/// <summary>1,000 links removed by group, grouping included, next to <c>ip -batch</c> that removes one by one.</summary>
internal sealed class RemoveBench : IBench
{
    private const int Count = 1000;
    private const int Repetitions = 5;
    private const uint Group = 4711;

    public string Name => "remove";

    public string Description => "remove 1,000 links by link group, against ip -batch one by one";

    /// <summary>Where one by one is slow: the VM's kernel, built for one processor, has no readers on others to wait for.</summary>
    public Place Place => Place.Host;

    public void Run(Report report)
    {
        if (Links.Kind() is { } kind) NetworkNamespace.Run(() => Compare(report, kind));
        else report.Skip(KernelSupport.WhyNot(LinkKinds.Macvlan)!);
    }

    private static void Compare(Report report, string kind)
    {
        using var connection = NetlinkConnection.Open();
        Links.CreateBase(connection);
        var links = new List<LinkMessage>();
        var ours = new Samples();
        for (var i = 0; i < Repetitions; i++)
        {
            Links.Create(connection, kind, Count);
            connection.DumpLinks(links);
            var doomed = links.Where(link => link.Kind == kind).Select(link => link.Index).ToArray();
            ours.Add(Samples.Time(() => Remove(connection, doomed)));
        }

        // Seconds each, so once is enough to tell fifty times from ten.
        var theirs = new Samples();
        Links.Create(connection, kind, Count);
        var commands = Links.RemoveCommands(Count);
        theirs.Add(Samples.Time(() => Command.Feed(commands, "ip", "-batch", "-")));

        report.Line($"{Count} links ({kind}): {ours}; ip -batch: {theirs}");
        report.Judge("faster", theirs.Median / ours.Median);
    }

    /// <summary>Puts them in a scratch group and removes the group, all in one send.</summary>
    private static void Remove(NetlinkConnection connection, int[] links)
    {
        using var batch = new NetlinkBatch();
        foreach (var index in links)
            batch.SetLink(new LinkMessage { Index = index, Group = Group });
        batch.DeleteLinkGroup(Group);
        connection.Execute(batch).ThrowIfFailed();
    }
}
