using NodeAgent.Network.Model;

namespace NodeAgent.Network.Spec;

/// <summary>Something wrong with a document: where, which field, what was expected and found, what to do.</summary>
public sealed record SpecError(SourceMark Mark, string Field, string Message)
{
    /// <summary>By file, line and column.</summary>
    public static int InOrder(SpecError a, SpecError b)
    {
        var file = string.CompareOrdinal(a.Mark.File, b.Mark.File);
        if (file != 0) return file;
        return a.Mark.Line != b.Mark.Line ? a.Mark.Line.CompareTo(b.Mark.Line) : a.Mark.Column.CompareTo(b.Mark.Column);
    }

    public override string ToString() => Mark.IsKnown ? $"{Mark}: {Field}{(Field.Length == 0 ? "" : ": ")}{Message}" : $"{Field}{(Field.Length == 0 ? "" : ": ")}{Message}";
}
