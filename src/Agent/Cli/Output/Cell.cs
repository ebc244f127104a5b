namespace NodeAgent.Cli;

/// <summary>A text of a table with the way it is painted; width counts the text alone.</summary>
public readonly record struct Cell(string Text, Func<string, string>? Paint = null)
{
    public static implicit operator Cell(string text) => new(text);
}
