using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using NodeAgent.Bench.Harness;
using NodeAgent.Native.Rtnl;
using NodeAgent.Tests.Support;

namespace NodeAgent.Bench.Metrics;

/// <summary>One scrape of 4,000 links, next to node_exporter's two ways of reading the same, by turns.</summary>
internal sealed partial class ScrapeBench : IBench
{
    private const int Count = 4000;
    private const int Rounds = 5;

    // By sysfs it takes seconds, many on a busy machine, and is never the better way.
    private const int Sysfs = 1;
    private const int Repeated = 1000;
    private const string Exporter = "prometheus-node-exporter";
    private static readonly string[] s_collectors = ["--collector.disable-defaults", "--collector.netclass", "--collector.netdev"];

    public string Name => "scrape";

    public string Description => "a scrape of 4,000 links, against prometheus-node-exporter by sysfs and by netlink in turns; memory of both";

    public Place Place => Place.Host;

    public void Run(Report report)
    {
        if (!KernelSupport.Has(LinkKinds.Macvlan)) report.Skip(KernelSupport.WhyNot(LinkKinds.Macvlan)!);
        else if (Command.Try("sh", "-c", $"command -v {Exporter}").Status != 0) report.Skip($"the program {Exporter} is missing");
        else NetworkNamespace.Run(() => Measure(report));
    }

    private static void Measure(Report report)
    {
        File.WriteAllText("/proc/sys/net/ipv6/conf/default/disable_ipv6", "1");
        using (var without = new DaemonServer())
        {
            new HttpReader(without.Port, gzip: false).Scrape();
            report.Judge("rss", without.Rss);
        }

        var commands = new StringBuilder("link add base type veth peer name sw-base\nlink set base up\nlink set sw-base up\n");
        for (var i = 0; i < Count - 3; i++) commands.Append($"link add link base name l{i} type macvlan mode bridge\n");
        Command.Feed(commands.ToString(), "ip", "-batch", "-");
        using var ours = new DaemonServer();
        using var sysfs = new Server(9100, Exporter, [.. s_collectors, "--web.listen-address=127.0.0.1:9100"]);
        using var netlink = new Server(9101, Exporter, [.. s_collectors, "--collector.netclass.netlink", "--web.listen-address=127.0.0.1:9101"]);
        Compare(report, ours, sysfs, netlink);
        var (before, after) = InProcess.HeapBeforeAndAfter(Repeated);
        report.Line($"the heap holds {before:n0} bytes, and {after:n0} after {Repeated} scrapes");
        report.Judge("heap-growth", Math.Max(0, after - before) / 1024.0);
    }

    private static void Compare(Report report, Server ours, Server sysfs, Server netlink)
    {
        var plain = new[] { ours, sysfs, netlink }.Select(server => new HttpReader(server.Port, gzip: false)).ToArray();
        var packed = new[] { ours, sysfs, netlink }.Select(server => new HttpReader(server.Port, gzip: true)).ToArray();
        foreach (var reader in plain.Concat(packed).Where((_, i) => i % 3 != Sysfs)) reader.Scrape();
        // What runs often is compiled again, behind our back.
        for (var i = 0; i < 40; i++) plain[0].Scrape();
        for (var i = 0; i < 20; i++) packed[0].Scrape();

        var times = plain.Concat(packed).Select(_ => new List<double>()).ToArray();
        for (var round = 0; round < Rounds; round++)
        {
            for (var i = 0; i < times.Length; i++)
            {
                if (i % 3 != Sysfs || round == 0) times[i].Add((i < 3 ? plain[i] : packed[i - 3]).Scrape().TotalMilliseconds);
            }
        }

        var median = times.Select(Median).ToArray();
        var sample = Value(plain[0].Text(), "nodeagent_collector_duration_seconds{collector=\"links\"} ") * 1000;
        report.Line($"{Lines(plain[0])} series of ours in {plain[0].Bytes / 1e6:0.0} MB, {Lines(plain[1])} of node_exporter's in {plain[1].Bytes / 1e6:0.0} MB");
        report.Line($"without compression: ours {median[0]:0.0} ms, node_exporter {median[1]:0} ms by sysfs, {median[2]:0} ms by netlink");
        report.Line($"with gzip: ours {median[3]:0.0} ms, node_exporter {median[4]:0} ms by sysfs, {median[5]:0} ms by netlink");
        report.Line($"beside the scrapes, ours lists the links in {sample:0.0} ms, every 5 s while somebody scrapes");
        report.Judge("faster", Math.Min(median[1], median[2]) / median[0]);
        report.Judge("faster-listed", Math.Min(median[1], median[2]) / (median[0] + sample));
        report.Judge("faster-gzip", Math.Min(median[4], median[5]) / median[3]);
        report.Judge("ms", median[0]);
        report.Judge("rss-4000", ours.Rss);
        report.Judge("rss-exporter", Math.Min(sysfs.Rss, netlink.Rss));
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static double Value(string text, string series)
    {
        var start = text.IndexOf("\n" + series, StringComparison.Ordinal) + 1 + series.Length;
        return double.Parse(text.AsSpan(start, text.IndexOf('\n', start) - start), CultureInfo.InvariantCulture);
    }

    private static int Lines(HttpReader reader) => Series().Count(reader.Text());

    [GeneratedRegex("^[a-z_]+[{ ].*$", RegexOptions.Multiline)]
    private static partial Regex Series();
}
