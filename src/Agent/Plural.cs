namespace NodeAgent;

/// <summary>A number and what it counts.</summary>
public static class Plural
{
    /// <summary>"1 link", "2 links".</summary>
    public static string Of(int count, string one, string? many = null) => $"{count} {(count == 1 ? one : many ?? one + "s")}";
}
