using Microsoft.Extensions.Logging;
using NodeAgent.Config;
using NodeAgent.Logging;
using NodeAgent.Metrics.Daemon;
using NodeAgent.Metrics.Grpc;
using NodeAgent.Metrics.Instruments;
using NodeAgent.Metrics.Links;
using NodeAgent.Metrics.Otlp;
using NodeAgent.Metrics.Process;
using NodeAgent.Metrics.Sampling;
using NodeAgent.Network.Kernel;

namespace NodeAgent.Metrics;

/// <summary>
/// Everything the daemon measures, put together. To be made on the daemon's main thread: the threads that read the node inherit its
/// network namespace. They sleep until the first scrape.
/// </summary>
public sealed class NodeMetrics : IDisposable
{
    // What is shown though it can no longer be read: this many intervals, and not less than a minute.
    private const int StaleIntervals = 12;

    private readonly LinkCollector _links;
    private readonly AttributeReader _attributes;
    private readonly Samplers _samplers;
    private readonly SeriesSet<Counter> _exports;
    private readonly ILogger _log;
    private readonly Lock _lock = new();
    private MetricsSettings _settings;
    private OtlpExport? _export;

    public NodeMetrics(MetricRegistry registry, HostPaths paths, MetricsSettings settings, TimeProvider clock, ILoggerFactory logs, PortDetails? ports = null)
    {
        var log = _log = logs.CreateLogger(LogAreas.Metrics);
        _settings = settings;
        Registry = registry;
        Daemon = new DaemonMetrics(registry);
        Grpc = new GrpcMetrics(registry, clock);
        var tables = new LinkTables();
        var stale = settings.Interval * StaleIntervals;
        registry.Add(new LinkSource(tables, stale > TimeSpan.FromMinutes(1) ? stale : TimeSpan.FromMinutes(1), clock));
        _attributes = new AttributeReader(paths.Sys, clock, log);
        registry.Observe("nodeagent_link_attributes_stuck", MetricType.Gauge, "Links whose driver has not answered for seconds when asked for speed and duplex.", () => _attributes.StuckReads);
        RuntimeMetrics.Register(registry);

        _samplers = new Samplers(clock);
        registry.Add(_samplers);
        _links = new LinkCollector(tables, _attributes, clock, ports ?? new PortDetails());
        foreach (var collector in (ICollector[])[_links, new ProcessCollector(paths.Proc, registry), new JournalCollector(paths, clock, registry)])
        {
            _samplers.Add(new CollectorThread(collector, settings.Interval, clock, log));
        }

        registry.Samplers = _samplers;
        _exports = registry.Counters("nodeagent_otlp_exports_total", "Exports by OTLP, by outcome; absent where none is configured.", "outcome");
        _export = Export(settings.Otlp);
    }

    public MetricRegistry Registry { get; }

    /// <summary>To be among the daemon's observers.</summary>
    public DaemonMetrics Daemon { get; }

    /// <summary>To be put into the gRPC listeners' pipeline.</summary>
    public GrpcMetrics Grpc { get; }

    /// <summary>Another interval, another receiver: in force at once. The address is the listener's.</summary>
    public void Configure(MetricsSettings settings)
    {
        lock (_lock)
        {
            if (settings.Interval != _settings.Interval) _samplers.SetInterval(settings.Interval);
            if (!Equals(settings.Otlp, _settings.Otlp))
            {
                _export?.Dispose();
                _export = Export(settings.Otlp);
            }

            _settings = settings;
        }
    }

    public void Dispose()
    {
        _export?.Dispose();
        Registry.Samplers = null;
        _samplers.Dispose();
        _attributes.Dispose();
    }

    private OtlpExport? Export(OtlpSettings? settings) =>
        settings is { Endpoint: not null } ? OtlpExport.Start(Registry, settings, _exports, _log) : null;
}
