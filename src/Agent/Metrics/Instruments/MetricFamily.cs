using System.Text;

namespace NodeAgent.Metrics.Instruments;

/// <summary>
/// A metric: its name, what it says and how it is introduced in both text formats. A name ends as the formats want it:
/// counters in _total, information in _info, a unit before that and only base units ("seconds", "bytes").
/// </summary>
public sealed class MetricFamily
{
    // The UTF-8 of both introductions, with what the formats escape differently.
    private readonly byte[] _text;
    private readonly byte[] _openMetrics;

    public MetricFamily(string name, MetricType type, string help, params IReadOnlyList<string> labels)
    {
        (Name, Type, Help, Labels) = (name, type, help, labels);
        BaseName = type switch
        {
            MetricType.Counter => WithoutSuffix(name, "_total"),
            MetricType.Info => WithoutSuffix(name, "_info"),
            _ => name,
        };
        Unit = MetricUnits.Of(BaseName);
        SampleName = Encoding.UTF8.GetBytes(name);
        var plain = help.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        _text = Encoding.UTF8.GetBytes($"# HELP {name} {plain}\n# TYPE {name} {TypeName(openMetrics: false)}\n");
        var unit = Unit is null ? "" : $"# UNIT {BaseName} {Unit}\n";
        var quoted = plain.Replace("\"", "\\\"", StringComparison.Ordinal);
        _openMetrics = Encoding.UTF8.GetBytes($"# TYPE {BaseName} {TypeName(openMetrics: true)}\n{unit}# HELP {BaseName} {quoted}\n");
    }

    /// <summary>As samples carry it: "nodeagent_link_receive_bytes_total".</summary>
    public string Name { get; }

    public MetricType Type { get; }

    /// <summary>One sentence.</summary>
    public string Help { get; }

    /// <summary>Names of the labels each series has, for the documentation.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>As OpenMetrics names the family: without _total or _info.</summary>
    public string BaseName { get; }

    /// <summary>"seconds", "bytes", "ratio", or null for counts of things.</summary>
    public string? Unit { get; }

    /// <summary>Of a histogram: is told each observation too, for exporters that keep histograms of their own.</summary>
    internal Action<double, LabelSet>? Mirror { get; set; }

    internal ReadOnlySpan<byte> Header(bool openMetrics) => openMetrics ? _openMetrics : _text;

    internal byte[] SampleName { get; }

    public override string ToString() => Name;

    private static string WithoutSuffix(string name, string suffix) => name.EndsWith(suffix, StringComparison.Ordinal)
        ? name[..^suffix.Length]
        : throw new ArgumentException($"The metric {name} must end in {suffix}.", nameof(name));

    private string TypeName(bool openMetrics) => Type switch
    {
        MetricType.Counter => "counter",
        MetricType.Histogram => "histogram",
        MetricType.Info when openMetrics => "info",
        _ => "gauge",
    };
}
