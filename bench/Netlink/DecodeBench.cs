using System.Diagnostics;
using System.Globalization;
using NodeAgent.Native.Netlink;
using NodeAgent.Native.Rtnl;
using NodeAgent.Tests.Support;

namespace NodeAgent.Bench.Netlink;

/// <summary>A list of 4,000 links, from request to models, next to a C program with libmnl that does the same in turns.</summary>
public sealed class DecodeBench : IBench
{
    private const int Count = 4000;
    private const int WarmUp = 60;
    private const int Repetitions = 101;

    public string Name => "decode";

    public string Description => "list 4,000 links into models, against C with libmnl in turns on the same kernel";

    public Outcome Run()
    {
        var kind = KernelSupport.Has(LinkKinds.Macvlan) ? LinkKinds.Macvlan : Links.Kind();
        if (kind is null)
            return Outcome.Skipped(KernelSupport.WhyNot(LinkKinds.Macvlan)!);
        if (NativeProgram.Build("linkdump", "libmnl/libmnl.h", "libmnl-dev", "mnl", out var executable) is { } missing)
            return Outcome.Skipped(missing);
        return NetworkNamespace.Run(() => Compare(kind, executable));
    }

    private static Outcome Compare(string kind, string executable)
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
            ours.Add(took.TotalMilliseconds);

            var answer = program.Ask();
            theirs.Add(long.Parse(answer[0], CultureInfo.InvariantCulture) / 1e6);
            var sum = links.Sum(link => (long)link.Index + link.Mtu!.Value);
            if (int.Parse(answer[1], CultureInfo.InvariantCulture) != links.Count || long.Parse(answer[2], CultureInfo.InvariantCulture) != sum)
                throw new InvalidOperationException($"The two lists differ: {links.Count} links and sum {sum} here, {answer[1]} and {answer[2]} there.");
        }

        var ratio = ours.Median / theirs.Median;
        var (ratioLimit, bytesLimit) = (Budgets.Of("decode", "ratio"), Budgets.Of("decode", "bytesPerDump"));
        return Outcome.Of(
            ratio <= ratioLimit && most <= bytesLimit,
            $"{links.Count} links ({kind}): {ours.Median:0.00} ms, C with libmnl {theirs.Median:0.00} ms: ratio {ratio:0.00} (at most {ratioLimit}); {most} bytes allocated by a list (at most {bytesLimit})");
    }
}
