using System.Text.Json;
using System.Text.RegularExpressions;
using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Unit.Docs;

/// <summary>The benches there are against bench/README.md and bench/budgets.json.</summary>
public sealed partial class BenchTests
{
    [Fact]
    public void Every_bench_has_a_row_and_a_ceiling()
    {
        var folder = Path.Combine(ProjectFolder.Path, "bench");
        var benches = Directory.EnumerateFiles(folder, "*Bench.cs", SearchOption.AllDirectories).SelectMany(static f => Name().Matches(File.ReadAllText(f))).Select(static m => m.Groups["name"].Value).Order(StringComparer.Ordinal).ToList();
        var rows = File.ReadAllLines(Path.Combine(folder, "README.md")).Where(static l => l.StartsWith("| ", StringComparison.Ordinal)).Select(static l => l.Split('|')[1].Trim()).Where(static n => n != "bench");
        Assert.Equal(benches, rows.Order(StringComparer.Ordinal));

        using var budgets = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "budgets.json")));
        var held = budgets.RootElement.GetProperty("ceilings").EnumerateObject().Where(static f => f.Value.TryGetProperty("ceiling", out _)).Select(static f => f.Name.Split('.')[0]).Distinct();
        Assert.Equal(benches, held.Order(StringComparer.Ordinal));
    }

    [GeneratedRegex("string Name => \"(?<name>[a-z-]+)\"")]
    private static partial Regex Name();
}
