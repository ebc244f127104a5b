namespace NodeAgent.Network.Spec.Reading;

/// <summary>Finds the word that a misspelt one was meant to be.</summary>
internal static class EditDistance
{
    private const int MaxLength = 40;

    /// <summary>The nearest candidate, or null where none is near: at most a third of the word may differ.</summary>
    public static string? Nearest(string word, IEnumerable<string> candidates)
    {
        if (word.Length > MaxLength) return null;
        var bound = Math.Max(1, word.Length / 3);
        string? nearest = null;
        foreach (var candidate in candidates)
        {
            var distance = Between(Plain(word), Plain(candidate));
            if (distance > bound) continue;
            bound = distance - 1;
            nearest = candidate;
        }

        return nearest;
    }

    private static string Plain(string word) => word.ToLowerInvariant().Replace('_', '-');

    private static int Between(string a, string b)
    {
        if (Math.Abs(a.Length - b.Length) > MaxLength) return int.MaxValue;
        Span<int> row = stackalloc int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++) row[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                var change = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                row[j] = Math.Min(change, Math.Min(above, row[j - 1]) + 1);
                diagonal = above;
            }
        }

        return row[b.Length];
    }
}
