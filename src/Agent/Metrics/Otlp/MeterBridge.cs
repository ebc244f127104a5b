using System.Diagnostics.Metrics;
using NodeAgent.Metrics.Instruments;
using HistogramOfMeter = System.Diagnostics.Metrics.Histogram<double>;

namespace NodeAgent.Metrics.Otlp;

/// <summary>Every family as an instrument of a meter: the same name, unit, text and labels.</summary>
internal sealed class MeterBridge : IDisposable
{
    public const string MeterName = "nodeagent";

    private readonly Meter _meter = new(MeterName, AgentVersion.Text);
    private readonly List<MetricFamily> _mirrored = [];

    public MeterBridge(MetricRegistry registry)
    {
        foreach (var source in registry.Sources)
        {
            for (var place = 0; place < source.Families.Count; place++) Add(registry, source, place);
        }
    }

    public void Dispose()
    {
        foreach (var family in _mirrored) family.Mirror = null;
        _meter.Dispose();
    }

    private void Add(MetricRegistry registry, IMetricSource source, int place)
    {
        var family = source.Families[place];
        var unit = family.Unit switch
        {
            "seconds" => "s",
            "bytes" => "By",
            "ratio" => "1",
            _ => null,
        };
        switch (family.Type)
        {
            case MetricType.Histogram:
                Mirror(family, _meter.CreateHistogram(family.Name, unit, family.Help, null, Advice(registry, family)));
                break;
            case MetricType.Counter:
                _meter.CreateObservableCounter(family.Name, () => Measure(source, place), unit, family.Help);
                break;
            default:
                _meter.CreateObservableGauge(family.Name, () => Measure(source, place), unit, family.Help);
                break;
        }
    }

    private void Mirror(MetricFamily family, HistogramOfMeter instrument)
    {
        family.Mirror = (value, labels) => instrument.Record(value, labels.Tags);
        _mirrored.Add(family);
    }

    private static InstrumentAdvice<double> Advice(MetricRegistry registry, MetricFamily family) => new() { HistogramBucketBoundaries = registry.BoundsOf(family).Values };

    private static List<Measurement<double>> Measure(IMetricSource source, int place)
    {
        using var snapshot = source.Take();
        var sink = new MeasurementSink(snapshot.Count(place));
        for (var i = 0; i < snapshot.Count(place); i++) snapshot.Write(place, i, sink);
        return sink.Measurements;
    }
}
