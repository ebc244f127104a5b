using NodeAgent.Metrics;
using NodeAgent.Metrics.Exposition;

namespace NodeAgent.Tests.Unit.Metrics;

/// <summary>What a scraper gets of a registry.</summary>
internal static class Exposed
{
    public static string Text(MetricRegistry registry) => Run(registry, ExpositionFormat.Text);

    public static string OpenMetrics(MetricRegistry registry) => Run(registry, ExpositionFormat.OpenMetrics);

    private static string Run(MetricRegistry registry, ExpositionFormat format)
    {
        var pipe = new MemoryPipe(keep: true);
        using var scrape = new Scrape();
        var written = scrape.RunAsync(registry, pipe, format).AsTask().GetAwaiter().GetResult();
        if (written != System.Text.Encoding.UTF8.GetByteCount(pipe.Text)) throw new InvalidOperationException($"{written} bytes were counted, {pipe.Text.Length} came.");
        return pipe.Text;
    }
}
