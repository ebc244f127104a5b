using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using NodeAgent.Api.Watching;
using NodeAgent.Config;
using NodeAgent.Hosting.Access;
using NodeAgent.Kvm;
using NodeAgent.Metrics;
using NodeAgent.Metrics.Daemon;
using NodeAgent.Metrics.Http;
using NodeAgent.Metrics.Kvm;
using NodeAgent.Metrics.Migration;
using NodeAgent.Metrics.Storage;
using NodeAgent.Metrics.Verdicts;
using NodeAgent.Migration.History;
using NodeAgent.Network.Health;
using NodeAgent.Storage.Store;
using NodeAgent.Verdicts;
using Xunit;

namespace NodeAgent.Tests.Unit.Metrics;

/// <summary>METRICS.md is the table of what is registered; NODEAGENT_UPDATE_GOLDEN=1 writes it.</summary>
public sealed class DocumentationTests
{
    [Fact]
    public void METRICS_md_lists_every_metric()
    {
        var registry = new MetricRegistry();
        using var metrics = new NodeMetrics(registry, HostPaths.Default, new MetricsSettings(), TimeProvider.System, NullLoggerFactory.Instance);
        _ = new ScrapeMetrics(registry);
        _ = new WatchCounters(registry);
        ConfigurationMetrics.Add(registry, static () => new ReloadHistory());
        LinkHealthMetrics.Add(registry, new HealthFacts(), static () => null);
        CertificateMetrics.Add(registry, static () => default, static () => default);
        KvmSource.Add(registry, new KvmBoard());
        var verdicts = new VerdictBoard(TimeProvider.System);
        VerdictMetrics.Add(registry, verdicts);
        using var memory = new MapMemory("/nowhere", NullLogger.Instance, writes: false);
        using var storage = new StorageStore(1, verdicts, memory, new StorageSettings(), TimeProvider.System);
        StorageMetrics.Add(registry, storage, TimeProvider.System);
        _ = new MigrationMetrics(registry, TimeProvider.System);
        using var history = new MigrationHistory(new HistoryFolder("/nowhere"), 1, 1, "", NullLogger.Instance, threaded: false);
        HistoryMetrics.Add(registry, history);
        var text = new StringBuilder(Introduction);
        foreach (var family in registry.Sources.SelectMany(s => s.Families).OrderBy(f => f.Name, StringComparer.Ordinal))
        {
            text.Append($"| `{family.Name}` | {family.Type.ToString().ToLowerInvariant()} | {string.Join(", ", family.Labels.Select(l => $"`{l}`"))} | {family.Help} |\n");
        }

        Check(text.ToString());
    }

    private const string Introduction = """
        # Metrics

        What `http://127.0.0.1:9799/metrics` shows, as Prometheus text 0.0.4 or OpenMetrics 1.0.0 by the request's Accept header, and what is
        exported by OTLP where `metrics.otlp` is configured. A test compares this table with the code, and writes it anew with
        `NODEAGENT_UPDATE_GOLDEN=1`.

        A scrape reads nothing: links, bridges, bonds and VLANs are listed by a thread of their own every `metrics.interval` while
        somebody scrapes, and not at all while nobody does. The first scrape after a pause waits for a fresh list, half a second at
        most; `nodeagent_collector_age_seconds` says how old what is shown is. What can no longer be read is shown for a minute
        (or 12 intervals), then no more. `nodeagent_link_*` have the values of node_exporter's `node_network_*` for the same link.

        | metric | type | labels | meaning |
        |---|---|---|---|

        """;

    private static void Check(string text, [CallerFilePath] string caller = "")
    {
        var file = Path.Combine(Path.GetDirectoryName(caller)!, "../../../METRICS.md");
        if (Environment.GetEnvironmentVariable("NODEAGENT_UPDATE_GOLDEN") == "1") File.WriteAllText(file, text);
        Assert.Equal(File.ReadAllText(file), text);
    }
}
