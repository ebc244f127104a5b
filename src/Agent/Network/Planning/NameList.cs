namespace NodeAgent.Network.Planning;

/// <summary>Names in a sentence: the first few, and how many more there are.</summary>
internal static class NameList
{
    private const int Shown = 8;

    public static string Of(IReadOnlyCollection<string> names) =>
        string.Join(", ", names.Take(Shown)) + (names.Count > Shown ? $" and {names.Count - Shown} more" : "");
}
