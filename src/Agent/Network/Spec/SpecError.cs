using NodeAgent.Network.Model;

namespace NodeAgent.Network.Spec;

/// <summary>Something wrong with a document: where, which field, what was expected and found, what to do.</summary>
public sealed record SpecError(SourceMark Mark, string Field, string Message)
{
    public override string ToString() => Mark.IsKnown ? $"{Mark}: {Field}{(Field.Length == 0 ? "" : ": ")}{Message}" : $"{Field}{(Field.Length == 0 ? "" : ": ")}{Message}";
}
