using System.Diagnostics;

namespace NodeAgent.Bench.Harness;

/// <summary>Durations of one thing, measured again and again.</summary>
internal sealed class Samples
{
    private readonly List<double> _milliseconds = [];

    public int Count => _milliseconds.Count;

    public double Median => Quantile(0.5);

    public double Smallest => _milliseconds.Min();

    public double Largest => _milliseconds.Max();

    public double Quantile(double q)
    {
        var sorted = _milliseconds.Order().ToArray();
        return sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * q))];
    }

    public void Add(TimeSpan duration) => _milliseconds.Add(duration.TotalMilliseconds);

    public void Add(Samples others) => _milliseconds.AddRange(others._milliseconds);

    public static TimeSpan Time(Action action)
    {
        var start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start);
    }

    /// <summary>Measures each once a round, by turns, so that what disturbs the machine disturbs them all.</summary>
    public static Samples[] Interleaved(int rounds, params Func<TimeSpan>[] measurements)
    {
        var samples = measurements.Select(_ => new Samples()).ToArray();
        for (var round = 0; round < rounds; round++)
        {
            // Backwards every other round: none is always first after the others.
            for (var i = 0; i < measurements.Length; i++)
            {
                var at = round % 2 == 0 ? i : measurements.Length - 1 - i;
                samples[at].Add(measurements[at]());
            }
        }

        return samples;
    }

    public override string ToString() => $"median {Median:0.00} ms, {Smallest:0.00} to {Largest:0.00} ms in {Count} rounds";
}
