using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NodeAgent.Verdicts;

/// <summary>Lines of the verdict log: a change each, or how an object stood when the file was written anew.</summary>
/// <example><code>
/// {"object":"mpatha","kind":"storage","state":"healthy","since":"2026-11-20T12:00:00.0000000Z"}
/// {"time":"2026-11-20T12:31:05.1230000Z","kind":"storage","object":"mpatha","from":"healthy","to":"no redundancy","severity":"Critical","sentence":"has 1 of 2 paths left …"}
/// </code></example>
internal static class VerdictLogJson
{
    private static readonly JsonSerializerOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(VerdictChange change) => new JsonObject
    {
        ["time"] = Time(change.Time),
        ["kind"] = change.Kind,
        ["object"] = change.Object,
        ["from"] = change.Former,
        ["to"] = change.Verdict?.State,
        ["severity"] = change.Verdict?.Severity.ToString(),
        ["sentence"] = change.Verdict?.Sentence,
    }.ToJsonString(s_options);

    public static string Write(RememberedVerdict standing) => new JsonObject
    {
        ["object"] = standing.Object,
        ["kind"] = standing.Kind,
        ["state"] = standing.State,
        ["since"] = Time(standing.Since),
    }.ToJsonString(s_options);

    /// <summary>One of the two; neither where the line is damaged.</summary>
    public static (VerdictChange? Change, RememberedVerdict? Standing) Read(string line)
    {
        try
        {
            var node = JsonNode.Parse(line)!.AsObject();
            var (kind, name) = (Text(node, "kind"), Text(node, "object"));
            if (node.ContainsKey("since")) return (null, new RememberedVerdict(kind, name, Text(node, "state"), Time(node, "since")));
            var verdict = node["to"] is null ? null : new Verdict(kind, name, Text(node, "to"), SeverityOf(node), Text(node, "sentence"));
            return (new VerdictChange(Time(node, "time"), kind, name, node["from"]?.GetValue<string>(), verdict), null);
        }
        catch (Exception e) when (e is JsonException or NullReferenceException or InvalidOperationException or ArgumentException or FormatException or OverflowException)
        {
            return default;
        }
    }

    private static Severity SeverityOf(JsonObject node) =>
        Enum.Parse<Severity>(Text(node, "severity")) is var severity && Enum.IsDefined(severity) ? severity : throw new FormatException("no severity");

    private static string Text(JsonObject node, string name) => node[name]!.GetValue<string>();

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("o", CultureInfo.InvariantCulture);

    private static DateTimeOffset Time(JsonObject node, string name) => DateTimeOffset.Parse(Text(node, name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
