using System.Diagnostics;

namespace NodeAgent.Bench.Rpc;

/// <summary>How much goes through, and how long one exchange takes.</summary>
/// <param name="PerSecond">Exchanges, or messages of a stream, in a second.</param>
/// <param name="P50">Median time of one, in microseconds; 0 for streams.</param>
/// <param name="P99">Of a hundred, one takes longer.</param>
public sealed record Load(double PerSecond, double P50, double P99)
{
    /// <summary>As many exchanges as go through in a time, by several at once.</summary>
    internal static async Task<Load> OfAsync(Func<Task> exchange, int workers, TimeSpan time)
    {
        var start = Stopwatch.GetTimestamp();
        var samples = await Task.WhenAll(Enumerable.Range(0, workers).Select(_ => Task.Run(() => RepeatAsync(exchange, start, time)))).ConfigureAwait(false);
        var all = samples.SelectMany(s => s).Order().ToArray();
        return new Load(all.Length / Stopwatch.GetElapsedTime(start).TotalSeconds, all[all.Length / 2], all[all.Length * 99 / 100]);
    }

    /// <summary>Messages of one stream after another.</summary>
    internal static async Task<Load> OfStreamAsync(Func<int, Task> stream, int messages)
    {
        var start = Stopwatch.GetTimestamp();
        await stream(messages).ConfigureAwait(false);
        return new Load(messages / Stopwatch.GetElapsedTime(start).TotalSeconds, 0, 0);
    }

    private static async Task<List<double>> RepeatAsync(Func<Task> exchange, long start, TimeSpan time)
    {
        var samples = new List<double>(100_000);
        while (Stopwatch.GetElapsedTime(start) < time)
        {
            var began = Stopwatch.GetTimestamp();
            await exchange().ConfigureAwait(false);
            samples.Add(Stopwatch.GetElapsedTime(began).TotalMicroseconds);
        }

        return samples;
    }
}
