using System.Globalization;
using NodeAgent.Migration.Forecasting;
using NodeAgent.Migration.Model;

namespace NodeAgent.Cli.Migration;

/// <summary>Decisions for people: a row each; what limits it and the advice only where they changed.</summary>
internal static class ForecastTable
{
    public static void Write(Invocation run, IReadOnlyList<MigrationForecast> decisions)
    {
        if (decisions.Count == 0)
        {
            run.Out.WriteLine("No migration in this timeline.");
            return;
        }

        var table = new TextTable("TIME", "PASS", "VERDICT", "ENDS IN", "DOWNTIME", "WHAT LIMITS IT, AND WHAT TO DO");
        string? said = null;
        foreach (var decision in decisions)
        {
            var words = Words(decision);
            table.Add(
                string.Create(CultureInfo.InvariantCulture, $"{decision.At.TotalSeconds:0.0} s"),
                decision.Pass > 0 ? decision.Pass.ToString(CultureInfo.InvariantCulture) : "-",
                new Cell(decision.Verdict.Name(), Paint(run.Style, decision.Verdict)),
                decision.Verdict.IsTerminal() ? "-" : Ends(decision),
                Downtime(decision),
                words == said ? "" : words);
            said = words;
        }

        table.Write(run.Out, run.Style, run.Settings.Width);
    }

    private static string Words(in MigrationForecast decision)
    {
        // A failure's reason is QEMU's own text.
        var (factor, advice) = (ForecastText.Factor(decision) is { } text ? SafeText.Of(text) : null, ForecastText.Advice(decision));
        return (factor, advice) switch
        {
            (null, null) => "",
            (_, null) => factor,
            (null, _) => advice,
            _ => $"{factor}; {advice}",
        };
    }

    private static string Ends(in MigrationForecast decision) => (decision.RemainingSecondsLow, decision.RemainingSecondsHigh) switch
    {
        ({ } low, { } high) => $"{Number(low)}-{ForecastText.Seconds(high)}",
        ({ } low, null) => $"at least {ForecastText.Seconds(low)}",
        _ => "unknown",
    };

    // The unit stands once where both ends have the same.
    private static string Number(double low) => low < 99.5 ? ForecastText.Seconds(low)[..^2] : ForecastText.Seconds(low);

    private static string Downtime(in MigrationForecast decision) => decision.ExpectedDowntimeMilliseconds is { } downtime
        ? string.Create(CultureInfo.InvariantCulture, $"{(decision.Verdict.IsTerminal() ? "" : "≤ ")}{downtime:0} ms")
        : "-";

    private static Func<string, string> Paint(Style style, MigrationVerdict verdict) => verdict switch
    {
        MigrationVerdict.Done or MigrationVerdict.Converging or MigrationVerdict.SwitchingOver => style.Good,
        MigrationVerdict.Slow or MigrationVerdict.Stagnating => style.Warn,
        MigrationVerdict.WillNotConverge or MigrationVerdict.Failed => style.Bad,
        _ => style.Faint,
    };
}
