using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using NodeAgent.Storage.Judging;

namespace NodeAgent.Storage.Store;

/// <summary>The file of what is remembered of maps.</summary>
/// <example><code>
/// {"version":1,"maps":[{"wwid":"3600…","name":"mpatha","best":{"paths":4,"initiators":2,"targetPorts":4,"fabrics":2},
/// "state":"degraded","since":"2026-11-20T12:31:05.1230000Z","usable":3,"wentDown":true,"turns":["…"],"lostSeconds":12.5}]}
/// </code></example>
internal static class MapMemoryJson
{
    private const int Version = 1;

    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true };

    public static string Write(IEnumerable<KeyValuePair<string, RememberedMap>> maps) => new JsonObject
    {
        ["version"] = Version,
        ["maps"] = new JsonArray([.. maps.Select(static m => Write(m.Key, m.Value))]),
    }.ToJsonString(s_indented);

    /// <exception cref="FormatException">The text is not such a file.</exception>
    public static IEnumerable<KeyValuePair<string, RememberedMap>> Read(string text)
    {
        try
        {
            var root = JsonNode.Parse(text)!;
            if (root["version"]!.GetValue<int>() is not Version and var version) throw new FormatException($"expected version {Version}, found {version}");
            return [.. root["maps"]!.AsArray().Select(static m => Read(m!.AsObject()))];
        }
        catch (Exception e) when (e is JsonException or NullReferenceException or InvalidOperationException or ArgumentException or OverflowException)
        {
            throw new FormatException("it is no record of maps: " + e.Message, e);
        }
    }

    private static JsonObject Write(string wwid, RememberedMap map)
    {
        var history = map.History;
        return new JsonObject
        {
            ["wwid"] = wwid,
            ["name"] = map.Name,
            ["best"] = new JsonObject { ["paths"] = history.Best.Paths, ["initiators"] = history.Best.Initiators, ["targetPorts"] = history.Best.TargetPorts, ["fabrics"] = history.Best.Fabrics },
            ["state"] = history.State is { } state ? MapWords.Of(state) : null,
            ["since"] = Time(history.Since),
            ["usable"] = history.Usable,
            ["wentDown"] = history.WentDown,
            ["turns"] = new JsonArray([.. history.Turns.Select(static t => JsonValue.Create(Time(t)))]),
            ["queueingSince"] = Time(history.QueueingSince),
            ["lostSeconds"] = history.Lost.TotalSeconds,
            ["lostSince"] = Time(history.LostSince),
            ["gone"] = Time(map.Gone),
        };
    }

    private static KeyValuePair<string, RememberedMap> Read(JsonObject node)
    {
        var best = node["best"]!;
        var history = new MapHistory
        {
            Best = new PathSpread(Number(best["paths"]), Number(best["initiators"]), Number(best["targetPorts"]), Number(best["fabrics"])),
            State = node["state"]?.GetValue<string>() is { } word ? MapWords.Parse(word) : null,
            Since = Time(node["since"])!.Value,
            Usable = Number(node["usable"]),
            WentDown = node["wentDown"]!.GetValue<bool>(),
            Turns = [.. node["turns"]!.AsArray().Select(static t => Time(t)!.Value)],
            QueueingSince = Time(node["queueingSince"]),
            Lost = TimeSpan.FromSeconds(node["lostSeconds"]!.GetValue<double>()),
            LostSince = Time(node["lostSince"]),
        };
        return new(node["wwid"]!.GetValue<string>(), new RememberedMap(node["name"]!.GetValue<string>(), history, Time(node["gone"])));
    }

    private static int Number(JsonNode? node) => node!.GetValue<int>() is >= 0 and var number ? number : throw new FormatException("a count is below 0");

    private static string? Time(DateTimeOffset? time) => time?.UtcDateTime.ToString("o", CultureInfo.InvariantCulture);

    private static DateTimeOffset? Time(JsonNode? node) => node is null ? null : DateTimeOffset.Parse(node.GetValue<string>(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
