using System.Diagnostics;
using System.Globalization;
using NodeAgent.Bench.Harness;
using NodeAgent.Native.Netlink;
using NodeAgent.Native.Rtnl;
using NodeAgent.Tests.Support;

namespace NodeAgent.Bench.Netlink;

/// <summary>A list of 4,000 links, from request to models, next to a C program with libmnl that does the same in turns.</summary>
internal sealed class DecodeBench : IBench
{
    private const int Count = 4000;
    private const int WarmUp = 60;
    private const int Repetitions = 101;

    public string Name => "decode";

    public string Description => "list 4,000 links into models, against C with libmnl in turns on the same kernel";

    public Place Place => Place.Host;

    public void Run(Report report)
    {
        var kind = KernelSupport.Has(LinkKinds.Macvlan) ? LinkKinds.Macvlan : Links.Kind();
        if (kind is null)
            report.Skip(KernelSupport.WhyNot(LinkKinds.Macvlan)!);
        else if (NativeProgram.Build("linkdump", "libmnl/libmnl.h", "libmnl-dev", "mnl", out var executable) is { } missing)
            report.Skip(missing);
        else
            NetworkNamespace.Run(() => Compare(report, kind, executable));
    }

    private static void Compare(Report report, string kind, string executable)
    {
        using var connection = NetlinkConnection.Open();
        Links.CreateBase(connection);
        Links.Create(connection, kind, Count);
        using var program = new NativeProgram(executable);

        var links = new List<LinkMessage>();
        for (var i = 0; i < WarmUp; i++)
        {
            connection.DumpLinks(links);
            program.Ask();
        }

        var (ours, theirs) = (new Samples(), new Samples());
        var most = 0L;
        for (var i = 0; i < Repetitions; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var start = Stopwatch.GetTimestamp();
            connection.DumpLinks(links);
            var took = Stopwatch.GetElapsedTime(start);
            most = Math.Max(most, GC.GetAllocatedBytesForCurrentThread() - before);
            ours.Add(took);

            var answer = program.Ask();
            theirs.Add(TimeSpan.FromTicks(long.Parse(answer[0], CultureInfo.InvariantCulture) / TimeSpan.NanosecondsPerTick));
            var sum = links.Sum(link => (long)link.Index + link.Mtu!.Value);
            if (int.Parse(answer[1], CultureInfo.InvariantCulture) != links.Count || long.Parse(answer[2], CultureInfo.InvariantCulture) != sum)
                throw new InvalidOperationException($"The two lists differ: {links.Count} links and sum {sum} here, {answer[1]} and {answer[2]} there.");
        }

        report.Line($"{links.Count} links ({kind}): {ours}; C with libmnl: {theirs}");
        report.Judge("ratio", ours.Median / theirs.Median);
        report.Judge("bytes", most);
    }
}
