using NodeAgent.Network.Model;

namespace NodeAgent.Network.Spec;

/// <summary>A document, or everything that is wrong with it: one of the two.</summary>
public sealed record SpecReadResult(PolicyDocument? Document, IReadOnlyList<SpecError> Errors)
{
    public static SpecReadResult Failed(params IReadOnlyList<SpecError> errors) => new(null, errors);
}
