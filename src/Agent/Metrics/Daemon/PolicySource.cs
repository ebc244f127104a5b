using NodeAgent.Metrics.Instruments;
using NodeAgent.Network.Drift;

namespace NodeAgent.Metrics.Daemon;

/// <summary>The policies there are and how they stand, as the daemon said last.</summary>
internal sealed class PolicySource : IMetricSource
{
    private volatile PolicySnapshot _current = new([]);

    public IReadOnlyList<MetricFamily> Families { get; } =
    [
        new("nodeagent_policy_info", MetricType.Info, "A policy found on the node, and whether drift from it is repaired or observed.", "policy", "mode"),
        new("nodeagent_policy_state", MetricType.Gauge, "1 for the state a policy is in, 0 for the others.", "policy", "state"),
        new("nodeagent_policy_generation", MetricType.Gauge, "Counts the texts that were committed under a policy's name.", "policy"),
        new("nodeagent_policy_links", MetricType.Gauge, "Links a policy describes.", "policy"),
        new("nodeagent_policy_last_apply_timestamp_seconds", MetricType.Gauge, "When a policy was last committed, Unix time; absent where it was not yet.", "policy"),
    ];

    public IMetricSnapshot Take() => _current;

    /// <summary>Called when either changed. Labels of policies that stay are kept.</summary>
    public void Show(IReadOnlyList<PolicyStatus> policies)
    {
        var former = _current;
        var names = new HashSet<string>(StringComparer.Ordinal);
        // Two files may hold one name until that is put right; a series must not come twice.
        _current = new PolicySnapshot([.. policies.Where(p => names.Add(p.Name)).Select(p => new PolicySeries(p, former.LabelsOf(p)))]);
    }
}
