using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NodeAgent.Config;
using NodeAgent.Metrics;
using NodeAgent.Metrics.Instruments;
using NodeAgent.Metrics.Otlp;
using NodeAgent.Tests.Unit.Migration.History;
using Xunit;

namespace NodeAgent.Tests.Unit.Metrics;

/// <summary>What a collector gets over a real connection, by both protocols.</summary>
public sealed class OtlpTests
{
    private static readonly TimeSpan s_enough = TimeSpan.FromSeconds(60);
    private static readonly Dictionary<string, string> s_headers = new() { ["x-tenant"] = "rack 7" };

    private readonly MetricRegistry _registry = new();
    private readonly BlockingCollection<List<OtlpMetric>> _exports = [];
    private readonly Histogram _histogram;

    public OtlpTests()
    {
        _registry.Counters("x_read_bytes_total", "X.", "link").With("eth0").Add(7);
        _registry.Gauge("x_ratio", "X.").Set(0.5);
        _histogram = _registry.Histograms("x_seconds", "X.", new HistogramBounds(0.1, 1), "policy").With("a");
    }

    [Theory]
    [InlineData(OtlpProtocol.HttpProtobuf)]
    [InlineData(OtlpProtocol.Grpc)]
    public void The_same_numbers_arrive(OtlpProtocol protocol)
    {
        using var server = new MetricsServer(app => app.Run(context => TakeAsync(context, protocol)), protocol == OtlpProtocol.Grpc ? HttpProtocols.Http2 : HttpProtocols.Http1);
        using var export = Start(new Uri(server.Address, protocol == OtlpProtocol.Grpc ? "/" : "/v1/metrics"), protocol);
        Next();
        _histogram.Observe(0.05);
        _histogram.Observe(7);
        var metrics = Next(m => m.Exists(one => one.Kind == "histogram" && one.Buckets.Count > 0));
        Assert.Contains(metrics, m => (m.Name, m.Unit, m.Kind, m.Attributes, m.Value) == ("x_read_bytes_total", "By", "counter", "link=eth0", 7));
        Assert.Contains(metrics, m => (m.Name, m.Unit, m.Kind, m.Attributes, m.Value) == ("x_ratio", "1", "gauge", "", 0.5));
        var histogram = metrics.Single(m => m.Kind == "histogram");
        Assert.Equal(("x_seconds", "s", "policy=a", 7.05), (histogram.Name, histogram.Unit, histogram.Attributes, histogram.Value));
        Assert.Equal([1, 0, 1], histogram.Buckets);
    }

    [Fact]
    public void A_changed_configuration_starts_and_ends_it()
    {
        using var server = new MetricsServer(app => app.Run(context => TakeAsync(context, OtlpProtocol.HttpProtobuf)));
        using var metrics = new NodeMetrics(_registry, HostPaths.Default, new MetricsSettings(), TimeProvider.System, NullLoggerFactory.Instance);
        var on = new OtlpSettings { Endpoint = new Uri(server.Address, "/v1/metrics"), Protocol = OtlpProtocol.HttpProtobuf, Interval = TimeSpan.FromMilliseconds(20), Headers = s_headers };
        metrics.Configure(new MetricsSettings { Otlp = on });
        Assert.Contains(Next(), m => m.Name == "x_ratio");
        metrics.Configure(new MetricsSettings());
        while (_exports.TryTake(out _))
        {
        }

        Assert.False(_exports.TryTake(out _, 200));
    }

    [Fact]
    public void More_series_than_the_SDK_has_room_for_by_itself_all_arrive_and_those_that_go_go()
    {
        var source = new Shrinking();
        _registry.Add(source);
        using var server = new MetricsServer(app => app.Run(context => TakeAsync(context, OtlpProtocol.HttpProtobuf)));
        using var export = Start(new Uri(server.Address, "/v1/metrics"), OtlpProtocol.HttpProtobuf);
        Assert.Equal(5000, Next().Count(m => m.Name == "y"));
        source.Series = 10;
        Next(m => m.Count(one => one.Name == "y") == 10);
    }

    [Fact]
    public void A_collector_that_is_not_there_is_counted()
    {
        using var export = Start(new Uri("http://127.0.0.1:1/v1/metrics"), OtlpProtocol.HttpProtobuf);
        Assert.True(SpinWait.SpinUntil(() => Regex.IsMatch(Exposed.Text(_registry), "exports_total{outcome=\"failure\"} [1-9]"), s_enough));
    }

    [Fact]
    public void What_cannot_be_read_is_said_with_its_reason()
    {
        var log = new ListLog();
        _registry.Add(new Shrinking { Series = -1 });
        using var export = Start(new Uri("http://127.0.0.1:1/v1/metrics"), OtlpProtocol.HttpProtobuf, log);
        Assert.True(SpinWait.SpinUntil(() => log.Texts().Count > 1, s_enough));
        Assert.Equal("metrics: http://127.0.0.1:1/v1/metrics does not take what is exported by OTLP (no series to show); it is tried again at every interval", log.Texts()[1]);
    }

    private OtlpExport Start(Uri endpoint, OtlpProtocol protocol, ILogger? log = null) => OtlpExport.Start(
        _registry,
        new OtlpSettings { Endpoint = endpoint, Protocol = protocol, Interval = TimeSpan.FromMilliseconds(100), Headers = s_headers },
        _registry.Counters("exports_total", "X.", "outcome"),
        log ?? NullLogger.Instance);

    private List<OtlpMetric> Next() => _exports.TryTake(out var metrics, s_enough) ? metrics : throw new TimeoutException("Nothing was exported.");

    private List<OtlpMetric> Next(Predicate<List<OtlpMetric>> fits)
    {
        while (true)
        {
            if (Next() is var metrics && fits(metrics)) return metrics;
        }
    }

    private async Task TakeAsync(HttpContext context, OtlpProtocol protocol)
    {
        Assert.Equal("rack 7", context.Request.Headers["x-tenant"]);
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var grpc = protocol == OtlpProtocol.Grpc;
        Assert.Equal(grpc ? "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export" : "/v1/metrics", context.Request.Path);
        _exports.Add(OtlpMetric.Read(body.ToArray()[(grpc ? 5 : 0)..]));
        context.Response.ContentType = grpc ? "application/grpc" : "application/x-protobuf";
        if (!grpc) return;
        await context.Response.Body.WriteAsync(new byte[5]);
        context.Response.AppendTrailer("grpc-status", "0");
    }

    private sealed class Shrinking : IMetricSource, IMetricSnapshot
    {
        private readonly LabelSet[] _labels = [.. Enumerable.Range(0, 5000).Select(i => new LabelSet(("i", $"{i}")))];

        public int Series { get; set; } = 5000;

        public IReadOnlyList<MetricFamily> Families { get; } = [new MetricFamily("y", MetricType.Gauge, "Y.", "i")];

        public IMetricSnapshot Take() => this;

        public int Count(int family) => Series >= 0 ? Series : throw new InvalidOperationException("no series to show");

        public void Write(int family, int index, MetricSink sink) => sink.Value(_labels[index], 1L);

        public void Dispose()
        {
        }
    }
}
