using NodeAgent.Metrics.Instruments;
using NodeAgent.Network.Drift;

namespace NodeAgent.Metrics.Daemon;

/// <summary>The policies at one time.</summary>
internal sealed class PolicySnapshot(PolicySeries[] policies) : IMetricSnapshot
{
    private const int StateFamily = 1;

    public PolicyLabels? LabelsOf(PolicyStatus policy) => Array.Find(policies, p => p.Status.Name == policy.Name && p.Status.Mode == policy.Mode)?.Labels;

    public int Count(int family) => policies.Length * (family == StateFamily ? PolicyLabels.States.Length : 1);

    public void Write(int family, int index, MetricSink sink)
    {
        if (family == StateFamily)
        {
            var (policy, state) = Math.DivRem(index, PolicyLabels.States.Length);
            sink.Value(policies[policy].Labels.ByState[state], PolicyLabels.States[state] == policies[policy].State ? 1L : 0);
            return;
        }

        var (status, labels) = (policies[index].Status, policies[index].Labels);
        switch (family)
        {
            case 0:
                sink.Value(labels.Info, 1L);
                break;
            case 2:
                sink.Value(labels.Policy, status.Generation);
                break;
            case 3:
                sink.Value(labels.Policy, (long)status.Links.Count);
                break;
            case 4 when status.Applied is { } applied:
                sink.Value(labels.Policy, applied.ToUnixTimeMilliseconds() / 1000.0);
                break;
        }
    }

    public void Dispose()
    {
    }
}
