using System.Text.Json.Nodes;
using NodeAgent.Tests.Interop.Programs;
using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Interop.Metrics;

/// <summary>Prometheus itself: its linter has nothing to say, its server scrapes the daemon and answers questions about it.</summary>
public sealed class PrometheusTests : IDisposable
{
    private const string How = "Debian's package prometheus";

    private const string Policy = """
        interfaces:
        - name: p0
          type: veth
          state: up
          mtu: 1400
          veth: { peer: p1 }

        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("nodeagent-prometheus-").FullName;
    private readonly HttpClient _client = new();

    [SkippableFact]
    public void Promtool_has_no_complaint()
    {
        BackgroundProgram.Require("promtool", How);
        using var daemon = new AgentDaemon(Policy);
        Lint(Until.Answers(_client, daemon.Metrics));
        foreach (var golden in Directory.GetFiles(Path.Combine(Project.Root, "tests/Unit/Metrics/Golden"), "*.txt")) Lint(File.ReadAllText(golden));
    }

    [SkippableFact]
    public void Prometheus_scrapes_the_daemon_and_answers_PromQL()
    {
        BackgroundProgram.Require("prometheus", How);
        using var daemon = new AgentDaemon(Policy);
        var server = new Uri($"http://127.0.0.1:{BackgroundProgram.FreePort()}/");
        var configuration = Path.Combine(_folder, "prometheus.yml");
        File.WriteAllText(configuration, $"""
            global: {"{"} scrape_interval: 1s, scrape_timeout: 1s {"}"}
            scrape_configs:
            - job_name: nodeagent
              static_configs: [{"{"} targets: ["{daemon.Http.Authority}"] {"}"}]

            """);
        using var prometheus = new BackgroundProgram("prometheus",
            $"--config.file={configuration}", $"--storage.tsdb.path={_folder}/data", $"--web.listen-address={server.Authority}", "--log.level=warn");

        Assert.Equal(1, Ask(server, "up{job='nodeagent'}", prometheus));
        Assert.Equal(1, Ask(server, "nodeagent_policy_state{policy='test',state='in_force'}", prometheus));
        Assert.Equal(1400, Ask(server, "nodeagent_link_mtu_bytes{link='p0'}", prometheus));
        Assert.True(Ask(server, "rate(nodeagent_scrapes_total{format='openmetrics',encoding='gzip'}[10s])", prometheus) > 0);
        Assert.True(Ask(server, "histogram_quantile(0.99, rate(nodeagent_scrape_duration_seconds_bucket[10s]))", prometheus) > 0);
        // One scrape may have been too slow for its second.
        var lastError = "";
        Until.True(() => (lastError = $"{Get(server, "api/v1/targets")["data"]!["activeTargets"]![0]!["lastError"]}").Length == 0, () => lastError);
        var metadata = Get(server, "api/v1/targets/metadata?metric=nodeagent_link_receive_bytes")["data"]![0]!;
        Assert.Equal(("counter", "bytes"), ($"{metadata["type"]}", $"{metadata["unit"]}"));
    }

    [SkippableFact]
    public void Nothing_of_OpenTelemetry_is_loaded_unless_asked_for()
    {
        using var daemon = new AgentDaemon();
        Until.Answers(_client, daemon.Metrics);
        Assert.DoesNotContain("OpenTelemetry", File.ReadAllText($"/proc/{daemon.Id}/maps"), StringComparison.Ordinal);
        using var exporting = new AgentDaemon("", "--metrics-otlp-endpoint", "http://127.0.0.1:1");
        Until.True(() => File.ReadAllText($"/proc/{exporting.Id}/maps").Contains("OpenTelemetry", StringComparison.Ordinal), () => exporting.Log);
    }

    public void Dispose()
    {
        _client.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static void Lint(string text)
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, text);
        var (status, output, error) = Command.Try("sh", "-c", $"promtool check metrics < {file}");
        File.Delete(file);
        Assert.Equal((0, "", ""), (status, output, error));
    }

    private JsonNode Get(Uri server, string path) => JsonNode.Parse(Until.Answers(_client, new Uri(server, path)))!;

    // The first value there is.
    private double Ask(Uri server, string query, BackgroundProgram prometheus)
    {
        JsonNode? value = null;
        Until.True(
            () => (value = Get(server, $"api/v1/query?query={Uri.EscapeDataString(query)}")["data"]?["result"]?.AsArray().FirstOrDefault()?["value"]?[1]) is not null && $"{value}" is not ("NaN" or "0"),
            () => $"{query} has no answer: {prometheus.Said}");
        return double.Parse($"{value}", System.Globalization.CultureInfo.InvariantCulture);
    }
}
