using NodeAgent.Network.Model;
using NodeAgent.Network.Spec;

namespace NodeAgent.Network.Planning;

/// <summary>A plan, or the errors of the documents it should have been made from.</summary>
public sealed record PlanResult
{
    public Plan Plan { get; init; } = Plan.Empty;

    public IReadOnlyList<SpecError> Errors { get; init; } = [];

    /// <summary>What the plan was made against.</summary>
    public NetworkSnapshot? Observed { get; init; }

    /// <summary>The merged desired state.</summary>
    public DesiredState Desired { get; init; } = DesiredState.Empty;
}
