namespace NodeAgent.Network.Planning;

/// <summary>Ordered steps from what is to what is asked for, with what the guards say about them.</summary>
public sealed record Plan
{
    public static readonly Plan Empty = new();

    public IReadOnlyList<PlanStep> Steps { get; init; } = [];

    /// <summary>Not empty: the plan must not be applied.</summary>
    public IReadOnlyList<Refusal> Refusals { get; init; } = [];

    /// <summary>What a person should know beside it: things left alone, VLANs shadowed.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    public bool IsEmpty => Steps.Count == 0;
}
