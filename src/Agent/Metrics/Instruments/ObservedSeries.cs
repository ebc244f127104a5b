namespace NodeAgent.Metrics.Instruments;

/// <summary>A series whose value is asked for at each scrape.</summary>
internal sealed class ObservedSeries(LabelSet labels, Func<double> value) : Series(labels)
{
    internal override void Write(MetricSink sink)
    {
        var now = value();
        if (double.IsNaN(now)) return;
        // Whole numbers as such: a count of nanoseconds or bytes must not turn into 1.2E+18.
        if (now == Math.Truncate(now) && Math.Abs(now) < 1L << 53) sink.Value(Labels, (long)now);
        else sink.Value(Labels, now);
    }
}
