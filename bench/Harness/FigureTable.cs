using System.Text.Json;

namespace NodeAgent.Bench.Harness;

/// <summary>Figures of several runs, kept as files in between, and the table of them all.</summary>
internal static class FigureTable
{
    public static void Save(string folder, string bench, List<Figure> figures)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, bench + ".json"), JsonSerializer.Serialize(figures));
    }

    public static List<Figure> Load(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*.json").Order().SelectMany(file => JsonSerializer.Deserialize<List<Figure>>(File.ReadAllText(file))!)];

    /// <summary>Prints the table; false if a ceiling is broken or a benchmark failed.</summary>
    public static bool Print(IReadOnlyList<Figure> figures, TextWriter output)
    {
        string[] head = ["bench", "figure", "seen", "ceiling", "verdict"];
        List<string[]> rows = [head, .. figures.Select(f => new[] { f.Bench, f.What, f.Value, f.Ceiling, f.Verdict.ToString().ToLowerInvariant() })];
        var widths = head.Select((_, column) => rows.Max(row => row[column].Length)).ToArray();
        foreach (var row in rows)
            output.WriteLine(string.Join("  ", row.Select((cell, i) => i == 2 ? cell.PadLeft(widths[i]) : cell.PadRight(widths[i]))).TrimEnd());
        var broken = figures.Count(f => f.Verdict is Verdict.Broken or Verdict.Failed);
        output.WriteLine(broken == 0 ? "every ceiling kept" : $"{broken} broken");
        return broken == 0;
    }
}
