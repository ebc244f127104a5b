using System.Globalization;
using NodeAgent.Api.V1;

namespace NodeAgent.Cli.Migration;

/// <summary>`migration list` for people.</summary>
internal static class ListText
{
    public static IEnumerable<string> Lines(IReadOnlyList<Api.V1.Migration> migrations, IReadOnlyList<Guest> guests, Api.V1.Migration? last, bool withGuests, DateTimeOffset now, Style style, int width)
    {
        foreach (var line in TextWrap.Hard(Head(migrations, guests.Count, last, now, withGuests), width)) yield return line;
        if (migrations.Count > 0)
        {
            yield return "";
            foreach (var line in Table(migrations, style).Lines(style, width)) yield return line;
        }

        if (!withGuests || guests.Count == 0) yield break;
        yield return "";
        foreach (var line in GuestText.Table(guests, now, style).Lines(style, width)) yield return line;
    }

    /// <summary>"2 migrations under way, 1 in trouble"; what is there to be known.</summary>
    public static string Summary(IReadOnlyCollection<Api.V1.Migration> migrations)
    {
        var (underWay, trouble) = (migrations.Count(static m => !m.IsOver()), migrations.Count(static m => m.IsInTrouble()));
        return (underWay == 0 ? "no migration is under way" : $"{Plural.Of(underWay, "migration")} under way") + (trouble > 0 ? $", {trouble} in trouble" : "");
    }

    /// <summary>Those in trouble first, then those under way, then those that ended.</summary>
    public static IOrderedEnumerable<Api.V1.Migration> Order(IEnumerable<Api.V1.Migration> migrations) =>
        migrations.OrderBy(static m => m.IsInTrouble() ? 0 : m.IsOver() ? 2 : 1).ThenBy(static m => m.Started?.ToDateTimeOffset()).ThenBy(static m => m.Id, StringComparer.Ordinal);

    private static string Head(IReadOnlyList<Api.V1.Migration> migrations, int guests, Api.V1.Migration? last, DateTimeOffset now, bool withGuests)
    {
        var ended = migrations.Count(static m => m.IsOver());
        var head = Summary(migrations) + (ended > 0 ? $", {ended} just ended" : "");
        if (migrations.Count == 0) head += last is null ? "; none has ended here that is remembered" : $"; the last one: {Last(last, now)}";
        head += guests == 0 ? "; no guests run here" : $"; {Plural.Of(guests, "guest")} on this node{(withGuests ? "" : " (--guests lists them)")}";
        return char.ToUpperInvariant(head[0]) + head[1..];
    }

    private static string Last(Api.V1.Migration last, DateTimeOffset now)
    {
        var ago = last.Ended is { } ended ? $", {Spans.Short(now - ended.ToDateTimeOffset())} ago" : "";
        return $"{WireWords.Name(last.Guest)} {Arrow(last)}, {Sentences.Of(last)}{ago}";
    }

    /// <summary>"to 10.0.0.7" or "from 10.0.0.7"; "out" or "in" where the other end is not known.</summary>
    public static string Arrow(Api.V1.Migration migration)
    {
        var incoming = migration.Direction == MigrationDirection.Incoming;
        return migration.Peer.Length == 0 ? (incoming ? "in" : "out") : $"{(incoming ? "from" : "to")} {SafeText.Of(migration.Peer)}";
    }

    private static FittedTable Table(IReadOnlyList<Api.V1.Migration> migrations, Style style)
    {
        var table = new FittedTable(
            new("GUEST", FittedTable.Always), new("DIR", 8), new("PEER", 3), new("PHASE", 4), new("PASS", 5, Right: true), new("REMAINING", 10, Right: true), new("RATE", 9, Right: true),
            new("DIRTIED", 7, Right: true), new("THROTTLE", 2, Right: true), new("VERDICT", FittedTable.Always), new("ENDS IN", FittedTable.Always));
        foreach (var migration in Order(migrations))
        {
            var verdict = migration.Forecast?.Verdict ?? ForecastVerdict.Unspecified;
            var paint = WireWords.Paint(style, verdict);
            var counters = migration.IsOver() ? null : migration.Counters;
            Cell[] cells =
            [
                WireWords.Name(migration.Guest),
                migration.Direction == MigrationDirection.Incoming ? "in" : "out",
                SafeText.Of(migration.Peer),
                WireWords.Of(migration.Phase),
                counters is { Passes: > 0 } ? counters.Passes.ToString(CultureInfo.InvariantCulture) : "-",
                counters is null ? "-" : Amounts.Size(counters.RemainingBytes),
                counters is { BandwidthBytesPerSecond: > 0 and var rate } ? Amounts.Rate(rate) : "-",
                counters is { DirtyBytesPerSecond: > 0 and var dirty } ? Amounts.Rate(dirty) : "-",
                counters is { ThrottlePercent: > 0 and var throttle } ? $"{throttle} %" : "-",
                new(WireWords.Of(verdict) ?? "-", paint),
                Ends(migration),
            ];
            if (migration.IsOver() || migration.IsInTrouble() || migration.Counters is null) table.Add(cells, new Cell(Sentences.Of(migration), migration.IsInTrouble() ? paint : style.Faint), Limitation(migration, style));
            else table.Add(cells, Limitation(migration, style));
        }

        return table;
    }

    private static string Ends(Api.V1.Migration migration) => migration.IsOver() || migration.Forecast is not { } forecast ? "-"
        : forecast.Verdict == ForecastVerdict.WillNotConverge ? "never" : Amounts.Interval(forecast.AtLeast, forecast.AtMost);

    private static Cell Limitation(Api.V1.Migration migration, Style style) => new(migration.IsOver() ? "" : SafeText.Of(migration.Limitation), style.Warn);
}
