using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using NodeAgent.Metrics.Instruments;

namespace NodeAgent.Metrics.Exposition;

/// <summary>One pass over everything that is measured, into a pipe. At most <see cref="FlushAt"/> bytes and a line are buffered. Used again and again, by one request at a time.</summary>
internal sealed class Scrape : IDisposable
{
    public const int FlushAt = 32 * 1024;

    private readonly ExpositionWriter _writer = new();
    private readonly CancellationTokenSource _late = new();

    /// <summary>The time given by <see cref="LimitTo"/> is over.</summary>
    public bool IsLate => _late.IsCancellationRequested;

    /// <summary>True where it can be run again.</summary>
    public bool IsReusable => _late.TryReset();

    /// <summary>The next run may take this long.</summary>
    public void LimitTo(TimeSpan limit) => _late.CancelAfter(limit);

    public void Dispose() => _late.Dispose();

    /// <summary>Writes all families.</summary>
    /// <returns>Bytes written.</returns>
    /// <exception cref="OperationCanceledException">The reader took too long or went away.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<long> RunAsync(MetricRegistry registry, PipeWriter output, ExpositionFormat format)
    {
        _writer.Start(output, format);
        foreach (var source in registry.SourceArray)
        {
            using var snapshot = source.Take();
            var families = source.Families;
            for (var family = 0; family < families.Count; family++)
            {
                _writer.Begin(families[family]);
                var count = snapshot.Count(family);
                for (var next = 0; next < count;)
                {
                    next = WriteSome(snapshot, family, next, count);
                    if (_writer.Pending >= FlushAt) Check(await Flush(output).ConfigureAwait(false));
                }
            }
        }

        _writer.End();
        Check(await Flush(output).ConfigureAwait(false));
        return _writer.Written;
    }

    private int WriteSome(IMetricSnapshot snapshot, int family, int from, int to)
    {
        while (from < to && _writer.Pending < FlushAt) snapshot.Write(family, from++, _writer);
        return from;
    }

    private ValueTask<FlushResult> Flush(PipeWriter output)
    {
        _writer.Commit();
        return output.FlushAsync(_late.Token);
    }

    private static void Check(FlushResult result)
    {
        if (result.IsCompleted || result.IsCanceled) throw new OperationCanceledException("The scraper is gone or too slow.");
    }
}
