using NodeAgent.Native.Netlink;
using NodeAgent.Native.Rtnl;
using NodeAgent.Tests.Support;

namespace NodeAgent.Bench.Netlink;

/// <summary>1,000 links removed by group, grouping included, next to <c>ip -batch</c> that removes one by one.</summary>
public sealed class RemoveBench : IBench
{
    private const int Count = 1000;
    private const int Repetitions = 5;
    private const uint Group = 4711;

    public string Name => "remove";

    public string Description => "remove 1,000 links by link group, against ip -batch one by one";

    public Outcome Run() => Links.Kind() is { } kind
        ? NetworkNamespace.Run(() => Compare(kind))
        : Outcome.Skipped(KernelSupport.WhyNot(LinkKinds.Macvlan)!);

    private static Outcome Compare(string kind)
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
            ours.Measure(() => Remove(connection, doomed));
        }

        // Seconds each, so once is enough to tell fifty times from ten.
        var theirs = new Samples();
        Links.Create(connection, kind, Count);
        var commands = Links.RemoveCommands(Count);
        theirs.Measure(() => Command.Feed(commands, "ip", "-batch", "-"));

        var faster = theirs.Median / ours.Median;
        var limit = Budgets.Of("remove", "timesFaster");
        return Outcome.Of(faster >= limit, $"{Count} links ({kind}): {ours.Median:0.0} ms, ip -batch {theirs.Median:0} ms: {faster:0} times faster (at least {limit})");
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
