using System.Globalization;

namespace NodeAgent.Bench.Harness;

/// <summary>Where a benchmark says what it saw.</summary>
internal sealed class Report(string bench, Budgets budgets, TextWriter output)
{
    public List<Figure> Figures { get; } = [];

    /// <summary>Something to know beside the figures: what was compared, where the time went.</summary>
    public void Line(string text) => output.WriteLine("  " + text);

    /// <summary>Holds a figure against its ceiling, BENCH.<paramref name="figure"/> in budgets.json.</summary>
    public void Judge(string figure, double value)
    {
        var budget = budgets[$"{bench}.{figure}"];
        Add(budget.What, Text(value, budget.Unit), CeilingText(budget), VerdictOf(value, budget));
    }

    public void Fail(string why) => Add(why.Split('\n')[0], "", "", Verdict.Failed);

    /// <summary>This machine lacks what it takes.</summary>
    public void Skip(string why) => Add(why.Split('\n')[0], "", "", Verdict.Skipped);

    private void Add(string what, string value, string ceiling, Verdict verdict)
    {
        Figures.Add(new Figure(bench, what, value, ceiling, verdict));
        output.WriteLine($"  {value,10}  {what}{(ceiling.Length > 0 ? $" ({ceiling}: {verdict.ToString().ToLowerInvariant()})" : "")}");
    }

    private static Verdict VerdictOf(double value, Budget budget)
    {
        if (budget.Ceiling is not { } ceiling) return Verdict.Printed;
        var noise = ceiling * budget.Tolerance;
        return budget.Floor
            ? value >= ceiling ? Verdict.Kept : value >= ceiling - noise ? Verdict.Near : Verdict.Broken
            : value <= ceiling ? Verdict.Kept : value <= ceiling + noise ? Verdict.Near : Verdict.Broken;
    }

    private static string CeilingText(Budget budget) =>
        budget.Ceiling is { } ceiling ? $"{(budget.Floor ? "at least" : "at most")} {Text(ceiling, budget.Unit)}" : "";

    private static string Text(double value, string unit) =>
        value.ToString(Math.Abs(value) < 10 ? "0.##" : Math.Abs(value) < 100 ? "0.#" : "0", CultureInfo.InvariantCulture) + (unit is "x" or "" ? unit : " " + unit);
}
