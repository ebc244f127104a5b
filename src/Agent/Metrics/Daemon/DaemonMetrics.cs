using NodeAgent.Metrics.Instruments;
using NodeAgent.Network.Applying;
using NodeAgent.Network.Drift;

namespace NodeAgent.Metrics.Daemon;

/// <summary>Counts what the daemon does to keep its policies in force.</summary>
public sealed class DaemonMetrics : IDaemonObserver
{
    private readonly PolicySource _policies = new();
    private readonly SeriesSet<Counter> _drift;
    private readonly SeriesSet<Counter> _repairs;
    private readonly SeriesSet<Counter> _repairFailures;
    private readonly Histogram _latency;
    private readonly SeriesSet<Histogram> _duration;
    private readonly SeriesSet<Counter> _transactions;
    private readonly SeriesSet<Counter> _rollbacks;
    private readonly SeriesSet<Counter> _refusals;
    private volatile DriftDaemon? _daemon;

    public DaemonMetrics(MetricRegistry registry)
    {
        registry.Add(_policies);
        _drift = registry.Counters("nodeagent_policy_drift_total", "Fields found other than their policy wants them.", "policy", "link", "field");
        _repairs = registry.Counters("nodeagent_policy_repairs_total", "Repairs of drift that succeeded.", "policy");
        _repairFailures = registry.Counters("nodeagent_policy_repair_failures_total", "Repairs of drift that failed.", "policy");
        _latency = registry.Histogram("nodeagent_repair_latency_seconds", "From the kernel's word of drift to its acknowledgement of the repair.", HistogramBounds.Repairs);
        _duration = registry.Histograms("nodeagent_policy_apply_duration_seconds", "How long transactions of a policy took, waiting for confirmation included.", HistogramBounds.Transactions, "policy");
        _transactions = registry.Counters("nodeagent_transactions_total", "Transactions that came to their end, by what they were for and how they ended.", "kind", "outcome");
        _rollbacks = registry.Counters("nodeagent_policy_rollbacks_total", "Transactions that were rolled back, by what made them.", "policy", "reason");
        _refusals = registry.Counters("nodeagent_policy_refusals_total", "Transactions a guard refused.", "policy");
        registry.Observe("nodeagent_netlink_messages_total", MetricType.Counter, "Messages from the kernel about changes.", () => _daemon?.NetlinkMessages ?? 0);
        registry.Observe("nodeagent_netlink_overflows_total", MetricType.Counter, "How often messages from the kernel were lost.", () => _daemon?.NetlinkOverflows ?? 0);
        registry.Observe("nodeagent_netlink_relists_total", MetricType.Counter, "How often everything was listed anew.", () => _daemon?.Relists ?? 0);
    }

    /// <summary>From now on the figures of its netlink socket are this daemon's.</summary>
    public void Follow(DriftDaemon daemon) => _daemon = daemon;

    void IDaemonObserver.Policies(IReadOnlyList<PolicyStatus> policies) => _policies.Show(policies);

    void IDaemonObserver.Drifted(DriftRecord record) => _drift.With(record.Policy, record.Link, record.Field).Increment();

    void IDaemonObserver.Repaired(IReadOnlyList<string> policies, TimeSpan latency, int steps)
    {
        foreach (var policy in policies) _repairs.With(policy).Increment();
        _latency.Observe(latency);
    }

    void IDaemonObserver.RepairFailed(string policy) => _repairFailures.With(policy).Increment();

    void IDaemonObserver.Transaction(string kind, string policy, ApplyResult result)
    {
        _transactions.With(kind, MetricWords.Of(result.Outcome)).Increment();
        _duration.With(policy).Observe(result.Duration);
        if (result.Outcome == ApplyOutcome.Refused) _refusals.With(policy).Increment();
        if (result.RollbackReason is { } reason) _rollbacks.With(policy, MetricWords.Of(reason)).Increment();
    }
}
