using System.Text.Json.Nodes;
using Google.Protobuf.WellKnownTypes;
using NodeAgent.Api.V1;
using NodeAgent.Cli.Show;

namespace NodeAgent.Cli.Migration;

/// <summary>Guests and migrations for programs. The names are a contract; what is not known is null.</summary>
internal static class MigrationJson
{
    public static JsonObject Of(Api.V1.Migration migration, bool details)
    {
        var node = new JsonObject
        {
            ["id"] = migration.Id,
            ["guest"] = Of(migration.Guest),
            ["direction"] = WireWords.Of(migration.Direction),
            ["peer"] = Known(migration.Peer),
            ["trigger"] = Known(migration.Trigger),
            ["phase"] = WireWords.Of(migration.Phase),
            ["status"] = Known(migration.RawStatus),
            ["source"] = WireWords.Of(migration.Source),
            ["started"] = Time(migration.Started),
            ["ended"] = Time(migration.Ended),
            ["foundUnderWay"] = migration.FoundUnderWay,
            ["counters"] = migration.Counters is { } counters ? Of(counters) : null,
            ["verdict"] = WireWords.Of(migration.Forecast?.Verdict ?? ForecastVerdict.Unspecified),
            ["forecast"] = migration.Forecast is { } forecast ? Of(forecast) : null,
            ["sentence"] = Sentences.Of(migration),
            ["downtimeMilliseconds"] = Milliseconds(migration.Downtime),
            ["error"] = Known(migration.Error),
            ["limitation"] = Known(migration.Limitation),
        };
        if (!details) return node;
        node["passes"] = ShowJson.List(migration.Passes, Of);
        node["verdicts"] = ShowJson.List(migration.Verdicts, static v => new JsonObject { ["time"] = Time(v.Time), ["verdict"] = WireWords.Of(v.Verdict) });
        node["phases"] = ShowJson.List(migration.Phases, static p => new JsonObject { ["time"] = Time(p.Time), ["phase"] = WireWords.Of(p.Phase), ["status"] = Known(p.RawStatus) });
        return node;
    }

    public static JsonObject Of(GuestRef guest) => new()
    {
        ["uuid"] = Known(guest.Uuid),
        ["domain"] = Known(guest.Domain),
        ["namespace"] = Known(guest.Namespace),
        ["name"] = Known(guest.Name),
        ["podUid"] = Known(guest.PodUid),
    };

    public static JsonObject Of(Guest guest)
    {
        var node = Of(guest.Ref);
        node["pid"] = guest.Pid;
        node["vcpus"] = guest.Vcpus;
        node["memoryBytes"] = Known(guest.MemoryBytes);
        node["source"] = WireWords.Of(guest.Source);
        node["limitation"] = Known(guest.Limitation);
        node["links"] = ShowJson.List(guest.Links, static l => JsonValue.Create(l));
        node["started"] = Time(guest.Started);
        node["dirtyRate"] = guest.DirtyRate is { } rate ? Of(rate) : null;
        node["incoming"] = guest.Incoming;
        node["blockers"] = ShowJson.List(guest.Blockers, static b => JsonValue.Create(b));
        return node;
    }

    public static JsonObject Of(DirtyRate rate) => new()
    {
        ["bytesPerSecond"] = rate.BytesPerSecond,
        ["method"] = rate.Method,
        ["periodSeconds"] = Seconds(rate.Period),
        ["measured"] = Time(rate.Measured),
    };

    public static JsonObject Of(Forecast forecast) => new()
    {
        ["verdict"] = WireWords.Of(forecast.Verdict),
        ["remainingSecondsLow"] = Seconds(forecast.AtLeast),
        ["remainingSecondsHigh"] = Seconds(forecast.AtMost),
        ["expectedDowntimeMilliseconds"] = Milliseconds(forecast.ExpectedDowntime),
        ["limitingFactor"] = Known(forecast.LimitingFactor),
        ["advice"] = Known(forecast.Advice),
        ["needsDowntimeLimitMilliseconds"] = Milliseconds(forecast.NeedsDowntimeLimit),
        ["needsBandwidthBytesPerSecond"] = Known(forecast.NeedsBandwidthBytesPerSecond),
        ["postcopySeconds"] = Seconds(forecast.Postcopy),
    };

    public static JsonObject Of(MigrationPass pass) => new()
    {
        ["number"] = pass.Number,
        ["time"] = Time(pass.Time),
        ["seconds"] = Seconds(pass.Duration),
        ["dirtiedBytes"] = pass.DirtiedBytes,
        ["remainingBytes"] = pass.RemainingBytes,
        ["bandwidthBytesPerSecond"] = pass.BandwidthBytesPerSecond,
        ["throttlePercent"] = pass.ThrottlePercent,
    };

    public static string? Time(Timestamp? time) => time is null ? null : ShowJson.Time(time.ToDateTimeOffset());

    public static double? Seconds(Duration? span) => span is null ? null : Math.Round(span.ToTimeSpan().TotalSeconds, 3);

    public static string? Known(string text) => text.Length == 0 ? null : text;

    private static ulong? Known(ulong value) => value == 0 ? null : value;

    private static JsonObject Of(MigrationCounters counters) => new()
    {
        ["readAt"] = Time(counters.ReadAt),
        ["elapsedSeconds"] = Seconds(counters.Elapsed),
        ["memoryTotalBytes"] = counters.MemoryTotalBytes,
        ["transferredBytes"] = counters.TransferredBytes,
        ["remainingBytes"] = counters.RemainingBytes,
        ["bandwidthBytesPerSecond"] = Known(counters.BandwidthBytesPerSecond),
        ["dirtyBytesPerSecond"] = Known(counters.DirtyBytesPerSecond),
        ["passes"] = counters.Passes,
        ["throttlePercent"] = counters.ThrottlePercent,
        ["expectedDowntimeMilliseconds"] = Milliseconds(counters.ExpectedDowntime),
    };

    private static double? Milliseconds(Duration? span) => span is null ? null : Math.Round(span.ToTimeSpan().TotalMilliseconds);
}
