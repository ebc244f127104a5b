using System.Globalization;
using NodeAgent.Api.V1;

namespace NodeAgent.Cli.Migration;

/// <summary>Migrations that ended, for people.</summary>
internal static class HistoryText
{
    public static IEnumerable<string> Lines(IReadOnlyList<Api.V1.Migration> migrations, string? guest, TimeZoneInfo zone, Style style, int width)
    {
        if (migrations.Count == 0)
        {
            yield return guest is null ? "No migration has ended here that is remembered." : $"No migration of {SafeText.Of(guest)} is remembered here; `nodeagent migration history` lists all.";
            yield break;
        }

        var table = new FittedTable(
            new("GUEST", FittedTable.Always), new("ENDED", 9), new("DIR", 6), new("PEER", 5), new("OUTCOME", FittedTable.Always), new("TOOK", 8, Right: true), new("PASSES", 3, Right: true),
            new("SENT", 4, Right: true), new("DOWNTIME", 7, Right: true), new("TRIGGER", 1), new("ID", 2));
        foreach (var migration in migrations)
        {
            var counters = migration.Counters;
            table.Add(
                [
                    WireWords.Name(migration.Guest),
                    migration.Ended is { } ended ? Time(ended.ToDateTimeOffset(), zone) : "-",
                    migration.Direction == MigrationDirection.Incoming ? "in" : "out",
                    SafeText.Of(migration.Peer),
                    new(WireWords.Of(migration.Phase), Paint(style, migration.Phase)),
                    Took(migration),
                    counters is { Passes: > 0 } ? counters.Passes.ToString(CultureInfo.InvariantCulture) : "-",
                    counters is { TransferredBytes: > 0 } ? Amounts.Size(counters.TransferredBytes) : "-",
                    migration.Downtime is { } downtime ? Amounts.Short(downtime) : "-",
                    SafeText.Of(migration.Trigger),
                    SafeText.Of(migration.Id),
                ],
                new Cell(SafeText.Of(migration.Error), style.Faint));
        }

        foreach (var line in table.Lines(style, width)) yield return line;
    }

    /// <summary>One in full.</summary>
    public static IEnumerable<string> One(Api.V1.Migration migration, TimeZoneInfo zone, Style style, int width)
    {
        yield return $"{style.Head(WireWords.Name(migration.Guest))}  {ListText.Arrow(migration)}, {(Paint(style, migration.Phase) is { } paint ? paint(WireWords.Of(migration.Phase)) : WireWords.Of(migration.Phase))}";
        foreach (var line in TextWrap.Hard(Sentences.Of(migration), width)) yield return line;
        using var text = new StringWriter();
        var facts = new TextTable();
        facts.Add("id", SafeText.Of(migration.Id));
        if (migration.Guest.Uuid.Length > 0) facts.Add("uuid", SafeText.Of(migration.Guest.Uuid));
        if (migration.Guest.Domain.Length > 0) facts.Add("domain", SafeText.Of(migration.Guest.Domain));
        if (migration.Started is { } started) facts.Add("started", Time(started.ToDateTimeOffset(), zone) + (migration.FoundUnderWay ? ", or before: it was found under way" : ""));
        if (migration.Ended is { } ended) facts.Add("ended", Time(ended.ToDateTimeOffset(), zone));
        if (migration.Trigger.Length > 0) facts.Add("trigger", SafeText.Of(migration.Trigger));
        facts.Add("read by", WireWords.Of(migration.Source));
        if (migration.Counters is { } counters)
        {
            if (counters.MemoryTotalBytes > 0) facts.Add("memory", Amounts.Size(counters.MemoryTotalBytes));
            if (counters.TransferredBytes > 0) facts.Add("sent", Amounts.Size(counters.TransferredBytes) + (counters.BandwidthBytesPerSecond > 0 ? $" at {Amounts.Rate(counters.BandwidthBytesPerSecond)}" : ""));
        }

        facts.Write(text, style, width, "  ");
        foreach (var line in text.ToString().TrimEnd('\n').Split('\n')) yield return line;
        if (migration.Passes.Count > 0)
        {
            yield return "";
            foreach (var line in Passes(migration, zone).Lines(style, width)) yield return line;
        }

        if (migration.Phases.Count > 0)
        {
            yield return "";
            var phases = new FittedTable(new("SINCE", FittedTable.Always), new("PHASE", FittedTable.Always));
            foreach (var change in migration.Phases) phases.Add([Clock(change.Time?.ToDateTimeOffset(), zone), WireWords.Of(change.Phase, change.RawStatus)]);
            foreach (var line in phases.Lines(style, width)) yield return line;
        }

        if (migration.Verdicts.Count == 0) yield break;
        yield return "";
        var verdicts = new FittedTable(new("SINCE", FittedTable.Always), new("VERDICT", FittedTable.Always));
        foreach (var change in migration.Verdicts) verdicts.Add([Clock(change.Time?.ToDateTimeOffset(), zone), new(WireWords.Of(change.Verdict) ?? "-", WireWords.Paint(style, change.Verdict))]);
        foreach (var line in verdicts.Lines(style, width)) yield return line;
    }

    private static FittedTable Passes(Api.V1.Migration migration, TimeZoneInfo zone)
    {
        var table = new FittedTable(
            new("PASS", FittedTable.Always), new("ENDED", 3), new("TOOK", 8, Right: true), new("RATE", 7, Right: true), new("DIRTIED", 6, Right: true), new("LEFT", FittedTable.Always, Right: true), new("THROTTLE", 2, Right: true));
        foreach (var pass in migration.Passes)
        {
            table.Add(
            [
                pass.Number.ToString(CultureInfo.InvariantCulture),
                Clock(pass.Time?.ToDateTimeOffset(), zone),
                pass.Duration is { } took ? Amounts.Short(took) : "-",
                Amounts.Rate(pass.BandwidthBytesPerSecond),
                Amounts.Size(pass.DirtiedBytes),
                Amounts.Size(pass.RemainingBytes),
                pass.ThrottlePercent > 0 ? $"{pass.ThrottlePercent} %" : "-",
            ]);
        }

        return table;
    }

    private static string Took(Api.V1.Migration migration) =>
        migration is { Started: { } started, Ended: { } ended } ? (migration.FoundUnderWay ? "> " : "") + Amounts.Long(ended.ToDateTimeOffset() - started.ToDateTimeOffset()) : "-";

    private static Func<string, string>? Paint(Style style, MigrationPhase phase) => phase switch
    {
        MigrationPhase.Completed => style.Good,
        MigrationPhase.Failed => style.Bad,
        MigrationPhase.Cancelled or MigrationPhase.Unknown => style.Warn,
        _ => null,
    };

    private static string Time(DateTimeOffset time, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(time, zone).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static string Clock(DateTimeOffset? time, TimeZoneInfo zone) => time is { } at ? TimeZoneInfo.ConvertTime(at, zone).ToString("HH:mm:ss.f", CultureInfo.InvariantCulture) : "-";
}
