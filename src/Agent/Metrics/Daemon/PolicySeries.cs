using NodeAgent.Network.Drift;

namespace NodeAgent.Metrics.Daemon;

/// <summary>A policy with its labels.</summary>
internal sealed class PolicySeries(PolicyStatus status, PolicyLabels? labels)
{
    public PolicyStatus Status { get; } = status;

    public PolicyLabels Labels { get; } = labels ?? new PolicyLabels(status);

    public string State { get; } = PolicyLabels.StateOf(status);
}
