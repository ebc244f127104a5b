using NodeAgent.Tests.Interop.Programs;
using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Interop.Metrics;

/// <summary>Every series node_exporter gives for a link, we give with the same value: both read the same kernel at the same time.</summary>
public sealed class NodeExporterTests
{
    private const string Theirs = "node_network_";
    private const string Ours = "nodeagent_link_";

    [SkippableTheory]
    [InlineData("sysfs")]
    [InlineData("netlink")]
    public void Links_have_the_same_values(string mode)
    {
        KernelSupport.Require("veth", "bridge", "macvlan");
        BackgroundProgram.Require("prometheus-node-exporter", "Debian's package of that name");
        using var links = new TestLinks();
        using var daemon = new AgentDaemon();
        var theirs = new Uri($"http://127.0.0.1:{BackgroundProgram.FreePort()}/metrics");
        string[] more = mode == "netlink" ? ["--collector.netclass.netlink"] : [];
        using var exporter = new BackgroundProgram("prometheus-node-exporter",
            ["--collector.disable-defaults", "--collector.netclass", "--collector.netdev", $"--web.listen-address={theirs.Authority}", .. more]);
        using var client = new HttpClient();

        IReadOnlyList<string> differences = [];
        // What is still on its way while one of them reads is there when both read again.
        Until.True(() => (differences = Compare(Until.Answers(client, theirs), Until.Answers(client, daemon.Metrics), mode)).Count == 0, () => string.Join('\n', differences));
    }

    private static List<string> Compare(string theirText, string ourText, string mode)
    {
        var (theirs, ours) = (TextSamples.Read(theirText), TextSamples.Read(ourText));
        var differences = new List<string>();
        var compared = 0;
        foreach (var family in theirs.Where(f => f.Key.StartsWith(Theirs, StringComparison.Ordinal)))
        {
            var own = ours[Ours + family.Key[Theirs.Length..]].ToDictionary(s => s.Labels["link"]);
            foreach (var (labels, value) in family)
            {
                if (IsOtherwise(family.Key, value, mode)) continue;
                compared++;
                if (!own.TryGetValue(labels["device"], out var sample)) differences.Add($"{family.Key}{{{labels["device"]}}} is missing");
                else if (sample.Value != value) differences.Add($"{family.Key}{{{labels["device"]}}} is {value}, ours {sample.Value}");
                else differences.AddRange(labels.Where(l => l.Key != "device" && !Same(l, sample.Labels.GetValueOrDefault(l.Key), mode)).Select(l => $"{family.Key}{{{labels["device"]}}} has {l.Key}={l.Value}, ours {sample.Labels.GetValueOrDefault(l.Key)}"));
            }
        }

        if (compared < 100) differences.Add($"only {compared} series to compare");
        return differences;
    }

    // In its netlink mode flags are those of user space (RUNNING, LOWER_UP), and ethtool names a speed for links that are down too; ours
    // are those of sysfs. A speed that is not known it shows as -1 Mbit/s.
    private static bool IsOtherwise(string family, double value, string mode) =>
        (mode == "netlink" && (family == Theirs + "flags" || family == Theirs + "speed_bytes")) || (family == Theirs + "speed_bytes" && value < 0);

    // Ethtool's duplex is "Full", and sysfs' "full".
    private static bool Same(KeyValuePair<string, string> theirs, string? ours, string mode) =>
        theirs.Value.Equals(ours, StringComparison.OrdinalIgnoreCase) || (mode == "netlink" && theirs.Key == "duplex" && ours == "");
}
