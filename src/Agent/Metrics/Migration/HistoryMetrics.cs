using NodeAgent.Metrics.Instruments;
using NodeAgent.Migration.History;

namespace NodeAgent.Metrics.Migration;

/// <summary>Whether the record of migrations reaches the disk.</summary>
internal static class HistoryMetrics
{
    public static void Add(MetricRegistry registry, MigrationHistory history)
    {
        registry.Observe("nodeagent_migration_history_writable", MetricType.Gauge, "1 if the record of migrations can be written, 0 if the disk refuses it; it is tried again every 30 s.", () => history.Failure is null ? 1 : 0);
        registry.Observe("nodeagent_migration_history_unwritten", MetricType.Gauge, "Migrations that ended and are not on the disk yet: they are lost if the agent ends before.", () => history.Unwritten);
    }
}
