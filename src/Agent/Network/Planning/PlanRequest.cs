using NodeAgent.Network.Model;

namespace NodeAgent.Network.Planning;

/// <summary>Everything the planner looks at.</summary>
public sealed record PlanRequest
{
    public required DesiredState Desired { get; init; }

    public required NetworkSnapshot Observed { get; init; }

    public Ownership Ownership { get; init; } = Ownership.None;

    public IReadOnlyList<ControlPath> ControlPaths { get; init; } = [];

    /// <summary>Links whose disruption was allowed by name.</summary>
    public IReadOnlySet<string> AllowDisrupt { get; init; } = new HashSet<string>();
}
