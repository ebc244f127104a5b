namespace NodeAgent.Network.Model;

/// <summary>Where a value was written: file, line and column, both from 1. The default value means "not from a file".</summary>
public readonly record struct SourceMark(string? File, int Line, int Column)
{
    public bool IsKnown => File is not null;

    public override string ToString() => File is null ? "" : $"{File}:{Line}:{Column}";
}
