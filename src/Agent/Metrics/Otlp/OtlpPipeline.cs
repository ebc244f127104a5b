using System.Diagnostics.Metrics;
using NodeAgent.Config;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace NodeAgent.Metrics.Otlp;

/// <summary>The OpenTelemetry SDK between the meter and the collector, cumulative as Prometheus and its kin want it.</summary>
internal sealed class OtlpPipeline : IDisposable
{
    private const int TimeoutMilliseconds = 10_000;

    private readonly MeterBridge _bridge;
    private readonly BaseExportingMetricReader _reader;
    private readonly MeterProvider _provider;

    public OtlpPipeline(MetricRegistry registry, OtlpSettings settings, Census census)
    {
        var options = new OtlpExporterOptions
        {
            Endpoint = settings.Endpoint!,
            Protocol = settings.Protocol == OtlpProtocol.HttpProtobuf ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc,
            Headers = string.Join(',', settings.Headers.Select(h => $"{h.Key}={Uri.EscapeDataString(h.Value)}")),
            TimeoutMilliseconds = TimeoutMilliseconds,
        };
        var families = registry.Sources.SelectMany(source => source.Families).ToDictionary(family => family.Name);
        _reader = new BaseExportingMetricReader(new OtlpMetricExporter(options)) { TemporalityPreference = MetricReaderTemporalityPreference.Cumulative };
        _provider = Sdk.CreateMeterProviderBuilder()
            .ConfigureResource(resource => resource.Clear().AddService(MeterBridge.MeterName, serviceVersion: AgentVersion.Text, serviceInstanceId: Environment.MachineName))
            .AddMeter(MeterBridge.MeterName)
            .AddView(instrument => View(instrument, families, census))
            .AddReader(_reader)
            .Build();
        // After the provider, which listens for instruments as they are made.
        _bridge = new MeterBridge(registry);
    }

    /// <summary>Sends everything once. False where the collector did not take it.</summary>
    public bool Export() => _reader.Collect(TimeoutMilliseconds);

    public void Dispose()
    {
        _bridge.Dispose();
        _provider.Dispose();
    }

    // One more than the series there can be: beyond its limit the SDK adds up what it should keep apart.
    private static MetricStreamConfiguration View(Instrument instrument, Dictionary<string, Instruments.MetricFamily> families, Census census)
    {
        var limit = census.RoomOf(families[instrument.Name]) + 1;
        return families[instrument.Name].Type == Instruments.MetricType.Histogram
            ? new ExplicitBucketHistogramConfiguration { CardinalityLimit = limit, Boundaries = [.. ((System.Diagnostics.Metrics.Histogram<double>)instrument).Advice!.HistogramBucketBoundaries!] }
            : new MetricStreamConfiguration { CardinalityLimit = limit };
    }
}
