using NodeAgent.Bench.Harness;
using NodeAgent.Native.Netlink;
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

    public void Run(Report report) => Links.Run(report, (connection, kind) => Compare(report, connection, kind));

    private static void Compare(Report report, NetlinkConnection connection, string kind)
    {
        var ours = new Samples();
        for (var i = 0; i < Repetitions; i++)
        {
            Links.Create(connection, kind, Count);
            var doomed = Links.Of(connection, kind);
            ours.Add(Samples.Time(() => Links.Remove(connection, doomed, Group)));
        }

        // Seconds each, so once is enough to tell fifty times from ten.
        var theirs = new Samples();
        Links.Create(connection, kind, Count);
        var commands = Links.RemoveCommands(Count);
        theirs.Add(Samples.Time(() => Command.Feed(commands, "ip", "-batch", "-")));

        report.Line($"{Count} links ({kind}): {ours}; ip -batch: {theirs}");
        report.Judge("faster", theirs.Median / ours.Median);
    }
}
