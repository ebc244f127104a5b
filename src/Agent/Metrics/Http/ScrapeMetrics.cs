using NodeAgent.Metrics.Exposition;
using NodeAgent.Metrics.Instruments;

namespace NodeAgent.Metrics.Http;

/// <summary>Counts the scrapes themselves.</summary>
internal sealed class ScrapeMetrics
{
    private readonly Counter[] _scrapes;
    private readonly Histogram _duration;
    private readonly Counter _bytes;

    public ScrapeMetrics(MetricRegistry registry)
    {
        var scrapes = registry.Counters("nodeagent_scrapes_total", "Scrapes answered, by format and content encoding.", "format", "encoding");
        _scrapes = [scrapes.With("text", "identity"), scrapes.With("text", "gzip"), scrapes.With("openmetrics", "identity"), scrapes.With("openmetrics", "gzip")];
        _duration = registry.Histogram("nodeagent_scrape_duration_seconds", "How long scrapes took, until their reader had all but what fits its socket.", HistogramBounds.Calls);
        _bytes = registry.Counter("nodeagent_scrape_response_bytes_total", "Text written for scrapes, before compression.");
        GivenUp = registry.Counter("nodeagent_scrapes_given_up_total", "Scrapes whose reader took too long or went away.");
        InProgress = registry.Gauge("nodeagent_scrapes_in_progress", "Scrapes being answered, the one that shows this included.");
    }

    public Counter GivenUp { get; }

    public Gauge InProgress { get; }

    public void Done(ExpositionFormat format, bool gzip, long bytes, TimeSpan duration)
    {
        _scrapes[(format == ExpositionFormat.OpenMetrics ? 2 : 0) + (gzip ? 1 : 0)].Increment();
        _bytes.Add(bytes);
        _duration.Observe(duration);
    }
}
