namespace NodeAgent.Storage.Judging;

/// <summary>Lists of names in a sentence.</summary>
internal static class Words
{
    private const int Shown = 4;

    /// <summary>"sda", "sda and sdb", "sda, sdb and 7 more"</summary>
    public static string And(IReadOnlyList<string> names) => names.Count switch
    {
        0 => "",
        1 => names[0],
        <= Shown => $"{string.Join(", ", names.Take(names.Count - 1))} and {names[^1]}",
        _ => $"{string.Join(", ", names.Take(Shown))} and {names.Count - Shown} more",
    };
}
