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
    private const int Repetitions = 101;

    /// <summary>Long enough for the compiler to have optimized what runs often, which it does behind our back.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);

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
        for (var warm = Stopwatch.StartNew(); warm.Elapsed < WarmUp;)
        {
            connection.DumpLinks(links);
            program.Ask();
        }

        var (ours, theirs) = (new Samples(), new Samples());
        var (ourClock, theirClock) = (new Samples(), new Samples());
        var allocated = new List<long>();
        for (var i = 0; i < Repetitions; i++)
        {
            var bytes = GC.GetAllocatedBytesForCurrentThread();
            var (start, spent) = (Stopwatch.GetTimestamp(), CpuClock.Now);
            connection.DumpLinks(links);
            spent = CpuClock.Now - spent;
            ourClock.Add(Stopwatch.GetElapsedTime(start));
            allocated.Add(GC.GetAllocatedBytesForCurrentThread() - bytes);
            ours.Add(spent);

            var answer = program.Ask().Select(number => long.Parse(number, CultureInfo.InvariantCulture)).ToArray();
            theirs.Add(Nanoseconds(answer[0]));
            theirClock.Add(Nanoseconds(answer[1]));
            var sum = links.Sum(link => (long)link.Index + link.Mtu!.Value);
            if (answer[2] != links.Count || answer[3] != sum)
                throw new InvalidOperationException($"The two lists differ: {links.Count} links and sum {sum} here, {answer[2]} and {answer[3]} there.");
        }

        report.Line($"{links.Count} links ({kind}), processor time: {ours}; C with libmnl: {theirs}");
        report.Line($"by the clock: {ourClock}; C with libmnl: {theirClock}");
        report.Judge("ratio", ours.Median / theirs.Median);
        report.Judge("bytes", allocated.Order().ElementAt(Repetitions / 2));
    }

    private static TimeSpan Nanoseconds(long nanoseconds) => TimeSpan.FromTicks(nanoseconds / TimeSpan.NanosecondsPerTick);
}
