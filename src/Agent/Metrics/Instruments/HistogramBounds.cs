using System.Globalization;
using System.Text;

namespace NodeAgent.Metrics.Instruments;

/// <summary>Upper bounds of a histogram's buckets, ascending, and the label each bucket carries.</summary>
public sealed class HistogramBounds
{
    /// <summary>From a message answered at once to a call that waited: seconds.</summary>
    public static readonly HistogramBounds Calls = new(0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10);

    /// <summary>Repairs take milliseconds: seconds.</summary>
    public static readonly HistogramBounds Repairs = new(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5);

    /// <summary>Transactions wait for probes and confirmations: seconds.</summary>
    public static readonly HistogramBounds Transactions = new(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300);

    private readonly double[] _values;

    public HistogramBounds(params double[] values)
    {
        _values = values;
        for (var i = 1; i < values.Length; i++) ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(values[i], values[i - 1]);
        Labels = [.. values.Select(Label), "le=\"+Inf\"} "u8.ToArray()];
    }

    public IReadOnlyList<double> Values => _values;

    /// <summary><c>le="0.5"} </c> for each bucket.</summary>
    internal byte[][] Labels { get; }

    internal int BucketOf(double value)
    {
        var bucket = 0;
        while (bucket < _values.Length && !(value <= _values[bucket])) bucket++;
        return bucket;
    }

    // "1.0", as OpenMetrics and newer servers write it, in both formats: another text would be another series.
    private static byte[] Label(double bound)
    {
        var text = bound.ToString(CultureInfo.InvariantCulture);
        return Encoding.UTF8.GetBytes($"le=\"{text}{(text.Contains('.', StringComparison.Ordinal) ? "" : ".0")}\"}} ");
    }
}
