using Microsoft.Extensions.Logging.Abstractions;
using NodeAgent.Metrics;
using NodeAgent.Metrics.Daemon;
using NodeAgent.Metrics.Grpc;
using NodeAgent.Metrics.Http;
using NodeAgent.Metrics.Links;
using NodeAgent.Metrics.Process;
using NodeAgent.Native.Rtnl;
using NodeAgent.Network.Kernel;

namespace NodeAgent.Tests.Unit.Metrics;

/// <summary>The metrics of a node whose kernel, /sys and /proc are fixtures: everything but what the runtime itself says.</summary>
internal sealed class NodeFixture : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("nodeagent-metrics-").FullName;
    private readonly LinkCollector _collector;
    private readonly AttributeReader _attributes;

    public NodeFixture()
    {
        Daemon = new DaemonMetrics(Registry);
        Grpc = new GrpcMetrics(Registry, Clock);
        var tables = new LinkTables();
        Registry.Add(new LinkSource(tables, TimeSpan.FromHours(1), Clock));
        _attributes = new AttributeReader(Sys, Clock, NullLogger.Instance);
        _collector = new LinkCollector(tables, _attributes, Clock, Ports);
        Scrapes = new ScrapeMetrics(Registry);
        WriteProc(Path.Combine(_folder, "proc"));
        Process = new ProcessCollector(Path.Combine(_folder, "proc"), Registry);
        Journal = new JournalCollector(new HostPaths { State = Path.Combine(_folder, "state") }, Clock, Registry);
    }

    public StoppedClock Clock { get; } = new();

    public MetricRegistry Registry { get; } = new();

    /// <summary>/sys.</summary>
    public string Sys => Path.Combine(_folder, "sys");

    /// <summary>What is known of bonds' ports.</summary>
    public PortDetails Ports { get; } = new();

    public AttributeReader Attributes => _attributes;

    public DaemonMetrics Daemon { get; }

    public GrpcMetrics Grpc { get; }

    public ScrapeMetrics Scrapes { get; }

    public ProcessCollector Process { get; }

    public JournalCollector Journal { get; }

    /// <summary>Shows these links as if the kernel had listed them.</summary>
    public void Sample(List<LinkMessage> links, List<LinkMessage>? ports = null) => _collector.Fill(links, ports ?? [], Clock.GetTimestamp());

    /// <summary>Puts attributes of a link into /sys.</summary>
    public void WriteSys(string link, params (string File, string Text)[] files)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, "sys/class/net", link)).FullName;
        foreach (var (file, text) in files) File.WriteAllText(Path.Combine(folder, file), text + "\n");
    }

    public void Dispose()
    {
        _attributes.Dispose();
        _collector.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static void WriteProc(string proc)
    {
        Directory.CreateDirectory(Path.Combine(proc, "self/fd"));
        for (var fd = 0; fd < 8; fd++) File.WriteAllText(Path.Combine(proc, $"self/fd/{fd}"), "");
        File.WriteAllText(Path.Combine(proc, "stat"), "cpu  1 2 3\nbtime 1700000000\n");
        File.WriteAllText(Path.Combine(proc, "self/stat"),
            "4711 (node agent) x)) S 1 4711 4711 0 -1 4194304 9 0 0 0 1234 66 0 0 20 0 17 0 5000 274877906944 15360 18446744073709551615 0 0 0 0 0 0 0 0 0 0 0 0 17 1 0 0 0 0 0\n");
        File.WriteAllText(Path.Combine(proc, "self/limits"), "Limit                     Soft Limit           Hard Limit           Units     \nMax open files            1024                 524288               files     \n");
    }
}
