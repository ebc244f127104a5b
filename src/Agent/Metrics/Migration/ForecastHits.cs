using System.Collections.Concurrent;
using NodeAgent.Metrics.Instruments;
using NodeAgent.Migration.Model;
using NodeAgent.Migration.Store;

namespace NodeAgent.Metrics.Migration;

/// <summary>Whether migrations ended when the forecast at the end of their second pass said: how far forecasts can be trusted on this node.</summary>
internal sealed class ForecastHits(MetricRegistry registry)
{
    private const long JudgedPass = 2;

    // More than that are not under way, or nobody was told of their end.
    private const int Most = 1024;

    private readonly ConcurrentDictionary<string, Window> _expected = new(StringComparer.Ordinal);
    private readonly SeriesSet<Counter> _hits = registry.Counters(
        "nodeagent_migration_forecast_hits_total", "Migrations that completed, by whether they did within the interval that was forecast at the end of their second pass; those without a forecast then are not counted.", "result");

    public void Happened(in MigrationEvent happened, in MigrationStatus status)
    {
        if (happened.Kind != MigrationEventKind.Pass || happened.Pass.Number != JudgedPass || _expected.Count >= Most) return;
        if (status.Forecast.RemainingSecondsLow is { } low) _expected[status.Id] = new Window(happened.Time, low, status.Forecast.RemainingSecondsHigh);
    }

    public void Ended(MigrationRecord record)
    {
        if (!_expected.TryRemove(record.Id, out var window) || record.Outcome != MigrationOutcome.Completed) return;
        var took = (record.Ended - window.From).TotalSeconds;
        _hits.With(took < window.Low ? "early" : took > window.High ? "late" : "inside").Increment();
    }

    private readonly record struct Window(DateTimeOffset From, double Low, double? High);
}
