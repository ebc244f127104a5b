namespace NodeAgent.Network.Spec;

/// <summary>What the checks of meaning say: errors, and notes on what is possible and probably not meant.</summary>
public sealed record SemanticResult(IReadOnlyList<SpecError> Errors, IReadOnlyList<string> Notes);
