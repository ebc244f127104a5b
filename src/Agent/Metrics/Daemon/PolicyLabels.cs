using NodeAgent.Metrics.Instruments;
using NodeAgent.Network.Drift;

namespace NodeAgent.Metrics.Daemon;

/// <summary>The labels of a policy's series.</summary>
internal sealed class PolicyLabels(PolicyStatus policy)
{
    /// <summary>Every state there is, in label form; what is not among them is "other".</summary>
    public static readonly string[] States = ["in_force", "drifted", "degraded", "not_applied", "refused", "conflict", "tug_of_war", "invalid", "other"];

    public LabelSet Policy { get; } = new(("policy", policy.Name));

    public LabelSet Info { get; } = new(("policy", policy.Name), ("mode", policy.Mode.ToString().ToLowerInvariant()));

    public LabelSet[] ByState { get; } = [.. States.Select(state => new LabelSet(("policy", policy.Name), ("state", state)))];

    public static string StateOf(PolicyStatus policy)
    {
        var word = policy.State.Replace(' ', '_');
        return States.Contains(word) ? word : "other";
    }
}
