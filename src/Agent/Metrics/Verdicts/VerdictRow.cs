using NodeAgent.Metrics.Instruments;
using NodeAgent.Verdicts;

namespace NodeAgent.Metrics.Verdicts;

/// <summary>A verdict with the labels of its series.</summary>
internal sealed class VerdictRow(StandingVerdict standing)
{
    public StandingVerdict Standing { get; } = standing;

    public LabelSet Labels { get; } = new(("kind", standing.Verdict.Kind), ("object", standing.Verdict.Object));

    public LabelSet Info { get; } = new(("kind", standing.Verdict.Kind), ("object", standing.Verdict.Object), ("state", standing.Verdict.State.Replace(' ', '_')));
}
