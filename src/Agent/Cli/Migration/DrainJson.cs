using System.Text.Json.Nodes;
using NodeAgent.Api.V1;
using NodeAgent.Cli.Show;

namespace NodeAgent.Cli.Migration;

/// <summary>How long an evacuation takes, for programs.</summary>
internal static class DrainJson
{
    public static JsonObject Of(GetDrainForecastResponse forecast) => new()
    {
        ["summary"] = forecast.Summary,
        ["secondsLow"] = MigrationJson.Seconds(forecast.AtLeast),
        ["secondsHigh"] = MigrationJson.Seconds(forecast.AtMost),
        ["blocked"] = forecast.Guests.Any(static g => g.Blockers.Count > 0),
        ["parallel"] = forecast.Parallel,
        ["bandwidthBytesPerSecond"] = forecast.BandwidthBytesPerSecond == 0 ? null : forecast.BandwidthBytesPerSecond,
        ["basis"] = forecast.Basis,
        ["guests"] = ShowJson.List(forecast.Guests, Of),
    };

    public static JsonObject Of(GuestDrainForecast guest, string basis)
    {
        var node = Of(guest);
        node["basis"] = basis;
        return node;
    }

    private static JsonObject Of(GuestDrainForecast guest) => new()
    {
        ["guest"] = MigrationJson.Of(guest.Guest),
        ["memoryBytes"] = guest.MemoryBytes == 0 ? null : guest.MemoryBytes,
        ["dirtyRate"] = guest.DirtyRate is { } rate ? MigrationJson.Of(rate) : null,
        ["forecast"] = guest.Forecast is { } forecast ? MigrationJson.Of(forecast) : null,
        ["blockers"] = ShowJson.List(guest.Blockers, static b => JsonValue.Create(b)),
        ["unknowns"] = ShowJson.List(guest.Unknowns, static u => JsonValue.Create(u)),
    };
}
