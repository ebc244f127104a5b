using NodeAgent.Config;
using NodeAgent.Metrics.Instruments;

namespace NodeAgent.Metrics.Daemon;

/// <summary>Whether the configuration in force is the one in the file.</summary>
public static class ConfigurationMetrics
{
    /// <param name="metrics">Where it is shown.</param>
    /// <param name="history">How reading went, as of now.</param>
    public static void Add(MetricRegistry metrics, Func<ReloadHistory> history)
    {
        metrics.Observe(
            "nodeagent_config_reloads_total",
            MetricType.Counter,
            "Times the configuration was read, by outcome; the start is the first success.",
            (new LabelSet(("outcome", "success")), () => history().Successes),
            (new LabelSet(("outcome", "failure")), () => history().Failures));
        metrics.Observe("nodeagent_config_last_reload_successful", MetricType.Gauge, "1 if the configuration file as it is now is in force, 0 if it is wrong and the former one is.", () => history().Error is null ? 1 : 0);
        metrics.Observe("nodeagent_config_last_reload_success_timestamp_seconds", MetricType.Gauge, "When the configuration in force was read.", () => history().LastSuccess.ToUnixTimeMilliseconds() / 1000.0);
    }
}
