namespace NodeAgent.Bench;

/// <summary>Repeated measurements of one thing, in milliseconds.</summary>
public sealed class Samples
{
    private readonly List<double> _values = [];

    public void Add(double milliseconds) => _values.Add(milliseconds);

    /// <summary>Runs it once and keeps the time.</summary>
    public void Measure(Action action)
    {
        var start = System.Diagnostics.Stopwatch.GetTimestamp();
        action();
        Add(System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalMilliseconds);
    }

    public double Median => Percentile(50);

    public double Percentile(double percent)
    {
        var sorted = _values.Order().ToArray();
        return sorted.Length == 0 ? double.NaN : sorted[(int)Math.Min(sorted.Length - 1, sorted.Length * percent / 100)];
    }
}
