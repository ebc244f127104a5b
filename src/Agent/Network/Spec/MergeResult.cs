using NodeAgent.Network.Model;

namespace NodeAgent.Network.Spec;

/// <summary>Several policies as one desired state, with what they disagree on.</summary>
public sealed record MergeResult(DesiredState Desired, IReadOnlyList<SpecError> Errors);
