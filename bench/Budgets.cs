using System.Text.Json;

namespace NodeAgent.Bench;

/// <summary>The ceilings of budgets.json: one object per bench.</summary>
public static class Budgets
{
    private static readonly JsonDocument File = JsonDocument.Parse(System.IO.File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "budgets.json")));

    public static double Of(string bench, string figure) =>
        File.RootElement.TryGetProperty(bench, out var figures) && figures.TryGetProperty(figure, out var value)
            ? value.GetDouble()
            : throw new InvalidOperationException($"budgets.json has no {bench}.{figure}: add it.");
}
