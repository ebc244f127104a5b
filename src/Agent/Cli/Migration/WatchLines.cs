using System.Globalization;
using System.Text.Json.Nodes;
using NodeAgent.Api.V1;

namespace NodeAgent.Cli.Migration;

/// <summary>What happens in migrations, a line each: for people, and for programs with every sample.</summary>
internal static class WatchLines
{
    /// <summary>The line for people; null: another one says it.</summary>
    public static string? Text(MigrationEvent one, Api.V1.Migration? migration, Style style)
    {
        if (migration is null) return null;
        var text = one.EventCase switch
        {
            MigrationEvent.EventOneofCase.Started => one.Started.FoundUnderWay ? $"found under way, {ListText.Arrow(migration)}" : $"started, {ListText.Arrow(migration)}",
            MigrationEvent.EventOneofCase.Phase => IsEnd(one.Phase) ? null : WireWords.Of(one.Phase, one.RawStatus),
            MigrationEvent.EventOneofCase.Pass => Pass(one.Pass),
            MigrationEvent.EventOneofCase.Verdict => Verdict(one.Verdict, migration, style),
            MigrationEvent.EventOneofCase.Ended => Paint(style, migration.Forecast?.Verdict ?? ForecastVerdict.Unspecified, Sentences.Of(migration)),
            _ => null,
        };
        var name = WireWords.Name(migration.Guest) + (migration.Direction == MigrationDirection.Incoming ? " (in)" : "");
        return text is null ? null : $"{name,-15}  {text}";
    }

    public static JsonObject Json(MigrationEvent one, Api.V1.Migration? migration)
    {
        var node = new JsonObject
        {
            ["time"] = MigrationJson.Time(one.Time),
            ["event"] = one.EventCase.ToString().ToLowerInvariant(),
            ["id"] = one.MigrationId,
            ["guest"] = migration is null ? null : MigrationJson.Of(migration.Guest),
            ["direction"] = migration is null ? null : WireWords.Of(migration.Direction),
        };
        switch (one.EventCase)
        {
            case MigrationEvent.EventOneofCase.Started:
                node["foundUnderWay"] = one.Started.FoundUnderWay;
                break;
            case MigrationEvent.EventOneofCase.Phase:
                node["phase"] = WireWords.Of(one.Phase);
                node["status"] = MigrationJson.Known(one.RawStatus);
                break;
            case MigrationEvent.EventOneofCase.Pass:
                node["pass"] = MigrationJson.Of(one.Pass);
                break;
            case MigrationEvent.EventOneofCase.Verdict:
                node["verdict"] = WireWords.Of(one.Verdict);
                break;
            case MigrationEvent.EventOneofCase.Ended:
                node["phase"] = WireWords.Of(one.Ended);
                break;
        }

        return node;
    }

    /// <summary>A migration as it is now.</summary>
    public static JsonObject Json(Api.V1.Migration migration, DateTimeOffset time)
    {
        var node = new JsonObject { ["time"] = Show.ShowJson.Time(time), ["event"] = "sample" };
        foreach (var (name, value) in MigrationJson.Of(migration, details: false).ToList()) node[name] = value?.DeepClone();
        return node;
    }

    private static bool IsEnd(MigrationPhase phase) => phase is MigrationPhase.Completed or MigrationPhase.Failed or MigrationPhase.Cancelled or MigrationPhase.Unknown;

    // The end has a line of its own.
    private static string? Verdict(ForecastVerdict verdict, Api.V1.Migration migration, Style style)
    {
        if (verdict is ForecastVerdict.Done or ForecastVerdict.Failed or ForecastVerdict.Cancelled) return null;
        return Paint(style, verdict, migration.Forecast?.Verdict == verdict && !migration.IsOver() ? Sentences.Of(migration) : WireWords.Of(verdict) ?? "unknown");
    }

    private static string Paint(Style style, ForecastVerdict verdict, string text) => WireWords.Paint(style, verdict) is { } paint ? paint(text) : text;

    private static string Pass(MigrationPass pass)
    {
        var throttle = pass.ThrottlePercent > 0 ? string.Create(CultureInfo.InvariantCulture, $", throttled at {pass.ThrottlePercent} %") : "";
        var took = pass.Duration is { } duration ? $" took {Amounts.Short(duration)}" : "";
        return string.Create(CultureInfo.InvariantCulture, $"pass {pass.Number}{took} at {Amounts.Rate(pass.BandwidthBytesPerSecond)}: {Amounts.Size(pass.DirtiedBytes)} dirtied, {Amounts.Size(pass.RemainingBytes)} left{throttle}");
    }
}
