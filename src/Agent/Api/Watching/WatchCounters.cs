using NodeAgent.Metrics;
using NodeAgent.Metrics.Instruments;

namespace NodeAgent.Api.Watching;

/// <summary>What is measured of watches, by what is watched.</summary>
public sealed class WatchCounters(MetricRegistry metrics)
{
    private readonly SeriesSet<Gauge> _open = metrics.Gauges("nodeagent_watch_streams", "Watches that are open.", "watch");
    private readonly SeriesSet<Counter> _conflated = metrics.Counters("nodeagent_watch_conflated_updates_total", "Updates that slow readers were told together with a later one.", "watch");

    public WatchCounts Of(string watch) => new(_open.With(watch), _conflated.With(watch));
}
