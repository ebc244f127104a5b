namespace NodeAgent.Migration.Traces;

/// <summary>Something wrong with a recorded timeline: where, which field, what was expected and found.</summary>
/// <param name="File">As it was named.</param>
/// <param name="Line">From 1; 0 for the file as a whole.</param>
/// <param name="Field">By its path in the line's object; empty for the line as a whole.</param>
/// <param name="Message">"expected …, found …".</param>
public sealed record TraceError(string File, int Line, string Field, string Message)
{
    public override string ToString() => $"{File}{(Line > 0 ? $":{Line}" : "")}: {(Field.Length > 0 ? Field + ": " : "")}{Message}";
}
