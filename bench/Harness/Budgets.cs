using System.Text.Json;

namespace NodeAgent.Bench.Harness;

/// <summary>A ceiling of budgets.json.</summary>
/// <param name="What">What the figure is, in words.</param>
/// <param name="Unit">"x" for a ratio.</param>
/// <param name="Ceiling">What it must not exceed (or, where <paramref name="Floor"/> is true, fall below); null: printed only.</param>
/// <param name="Tolerance">Noise that a run is granted: 0.1 is a tenth of the ceiling.</param>
/// <param name="Floor">The ceiling is a floor.</param>
internal sealed record Budget(string What, string Unit, double? Ceiling, double Tolerance = 0, bool Floor = false);

/// <summary>budgets.json, beside the program.</summary>
internal sealed class Budgets
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { ReadCommentHandling = JsonCommentHandling.Skip };

    private readonly Dictionary<string, Budget> _ceilings;

    private Budgets(Dictionary<string, Budget> ceilings) => _ceilings = ceilings;

    public static Budgets Read()
    {
        using var file = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "budgets.json")));
        return new(file.RootElement.GetProperty("ceilings").Deserialize<Dictionary<string, Budget>>(Options)!);
    }

    /// <param name="name">BENCH.FIGURE</param>
    public Budget this[string name] => _ceilings.TryGetValue(name, out var budget)
        ? budget
        : throw new InvalidOperationException($"budgets.json has no ceiling '{name}'.");
}
