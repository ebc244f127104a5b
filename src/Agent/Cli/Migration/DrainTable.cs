using NodeAgent.Api.V1;

namespace NodeAgent.Cli.Migration;

/// <summary>How long an evacuation takes, for people: the sentence, then the guests, those that block it first.</summary>
internal static class DrainTable
{
    public static IEnumerable<string> Lines(GetDrainForecastResponse forecast, Style style, int width)
    {
        var blocked = forecast.Guests.Any(static g => g.Blockers.Count > 0);
        foreach (var line in TextWrap.Hard(Upper(SafeText.Of(forecast.Summary)), width)) yield return blocked ? style.Bad(line) : line;
        if (forecast.Guests.Count == 0) yield break;
        yield return "";
        foreach (var line in Table(forecast.Guests, style).Lines(style, width)) yield return line;
        yield return "";
        foreach (var line in Basis(forecast.Basis, style, width)) yield return line;
    }

    public static IEnumerable<string> One(GuestDrainForecast guest, string basis, Style style, int width)
    {
        foreach (var line in Table([guest], style).Lines(style, width)) yield return line;
        if (guest.Blockers.Count == 0 && guest.Forecast is { LimitingFactor.Length: > 0 } forecast)
        {
            foreach (var line in TextWrap.Hard(SafeText.Of(forecast.LimitingFactor), Math.Max(20, width - 2))) yield return "  " + line;
        }

        yield return "";
        foreach (var line in Basis(basis, style, width)) yield return line;
    }

    private static FittedTable Table(IEnumerable<GuestDrainForecast> guests, Style style)
    {
        var table = new FittedTable(new("GUEST", FittedTable.Always), new("MEMORY", 6, Right: true), new("DIRTIES", 7, Right: true), new("VERDICT", FittedTable.Always), new("TAKES", FittedTable.Always), new("STOPS FOR", 5));
        foreach (var guest in guests)
        {
            var forecast = guest.Forecast;
            var verdict = forecast?.Verdict ?? ForecastVerdict.Unspecified;
            var blocks = guest.Blockers.Count > 0;
            List<Cell> below = [.. guest.Blockers.Select(b => new Cell(SafeText.Of(b), style.Bad)), .. guest.Unknowns.Select(u => new Cell(SafeText.Of(u), style.Faint))];
            if (!blocks && forecast is { Advice.Length: > 0 }) below.Insert(0, new Cell(SafeText.Of(forecast.Advice), style.Warn));
            table.Add(
                [
                    WireWords.Name(guest.Guest),
                    guest.MemoryBytes == 0 ? "-" : Amounts.Size(guest.MemoryBytes),
                    guest.DirtyRate is { } rate ? Amounts.Rate(rate.BytesPerSecond) : "-",
                    new(verdict == ForecastVerdict.Unspecified ? (blocks ? "blocked" : "-") : WireWords.Of(verdict)!, blocks ? style.Bad : WireWords.Paint(style, verdict)),
                    verdict == ForecastVerdict.WillNotConverge ? "never" : blocks || forecast is null ? "-" : Amounts.Interval(forecast.AtLeast, forecast.AtMost),
                    !blocks && forecast?.ExpectedDowntime is { } downtime ? $"≤ {Amounts.Short(downtime)}" : "-",
                ],
                [.. below]);
        }

        return table;
    }

    private static IEnumerable<string> Basis(string basis, Style style, int width) =>
        TextWrap.Hard($"Reckoned with: {SafeText.Of(basis)}.", width).Select(style.Faint);

    private static string Upper(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..] + ".";
}
