using System.Globalization;
using NodeAgent.Api.V1;

namespace NodeAgent.Cli.Migration;

/// <summary>`migration watch` on a terminal, one picture of it: from what is known to lines that fit.</summary>
internal static class WatchFrame
{
    /// <param name="migrations">All that are told of.</param>
    /// <param name="clock">The time, as it is shown.</param>
    /// <param name="now">The same.</param>
    /// <param name="note">What is wrong with the watch itself; null: nothing.</param>
    /// <param name="style">In which colours.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Lines at most.</param>
    public static List<string> Lines(IReadOnlyCollection<Api.V1.Migration> migrations, string clock, DateTimeOffset now, string? note, Style style, int width, int height)
    {
        List<string> lines = [.. TextWrap.Hard($"{clock}  {ListText.Summary(migrations)}; Ctrl-C ends", width)];
        if (note is not null) lines.AddRange(TextWrap.Hard(note, width).Select(style.Bad));
        if (migrations.Count > 0)
        {
            lines.Add("");
            lines.AddRange(Table(migrations, now, style, width).Lines(style, width));
        }

        if (lines.Count <= height) return lines;
        var hidden = lines.Count - height + 1;
        return [.. lines.Take(Math.Max(0, height - 1)), style.Faint($"… {Plural.Of(hidden, "line")} more: `nodeagent migration list` shows all")];
    }

    private static FittedTable Table(IReadOnlyCollection<Api.V1.Migration> migrations, DateTimeOffset now, Style style, int width)
    {
        var table = new FittedTable(
            new("GUEST", FittedTable.Always), new("TO/FROM", 2), new("PROGRESS", FittedTable.Always), new("LEFT", 8, Right: true), new("RATE", FittedTable.Always, Right: true),
            new("DIRTIED", 6, Right: true), new("PASS", FittedTable.Always, Right: true), new("THROTTLE", 4, Right: true), new("FOR", 3, Right: true));
        var cells = width >= 100 ? 20 : width >= 70 ? 14 : 8;
        foreach (var migration in ListText.Order(migrations))
        {
            var over = migration.IsOver();
            var counters = over ? null : migration.Counters;
            var paint = WireWords.Paint(style, migration.Forecast?.Verdict ?? ForecastVerdict.Unspecified);
            table.Add(
                [
                    WireWords.Name(migration.Guest),
                    ListText.Arrow(migration),
                    new(Progress(migration, cells), over ? style.Faint : paint),
                    counters is null ? "-" : Amounts.Size(counters.RemainingBytes),
                    counters is { BandwidthBytesPerSecond: > 0 and var rate } ? Amounts.Rate(rate) : "-",
                    counters is { DirtyBytesPerSecond: > 0 and var dirty } ? Amounts.Rate(dirty) : "-",
                    counters is { Passes: > 0 } ? counters.Passes.ToString(CultureInfo.InvariantCulture) : "-",
                    counters is { ThrottlePercent: > 0 and var throttle } ? $"{throttle} %" : "-",
                    over || migration.Started is null ? "-" : Amounts.Long(TimeSpan.FromSeconds(Math.Floor(Math.Max(0, (now - migration.Started.ToDateTimeOffset()).TotalSeconds)))).Replace(".0 s", " s", StringComparison.Ordinal),
                ],
                new Cell(Sentences.Of(migration), paint),
                new Cell(over || counters is null ? "" : SafeText.Of(migration.Limitation), style.Warn));
        }

        return table;
    }

    /// <summary>How much of the memory is there: what is dirtied again takes it back.</summary>
    private static string Progress(Api.V1.Migration migration, int cells)
    {
        double? done = migration switch
        {
            { Phase: MigrationPhase.Completed } => 1,
            { Counters: { MemoryTotalBytes: > 0 } counters } => 1 - Math.Min(1, (double)counters.RemainingBytes / counters.MemoryTotalBytes),
            _ => null,
        };
        if (done is not { } share) return new string('·', cells);
        var full = (int)(share * cells);
        return $"{new string('█', full)}{new string('░', cells - full)} {Math.Floor(share * 100).ToString(CultureInfo.InvariantCulture),3} %";
    }
}
