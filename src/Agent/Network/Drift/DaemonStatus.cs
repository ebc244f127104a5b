using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using NodeAgent.Files;

namespace NodeAgent.Network.Drift;

/// <summary>What the running daemon says of its policies, in RUN/status.json, for commands that run beside it.</summary>
public sealed record DaemonStatus
{
    public IReadOnlyDictionary<string, PolicyCondition> Conditions { get; init; } = new Dictionary<string, PolicyCondition>();

    /// <summary>The drift seen last, newest last.</summary>
    public IReadOnlyList<DriftRecord> Recent { get; init; } = [];

    /// <summary>The daemon's process.</summary>
    public int Pid { get; init; }

    /// <summary>Repairs since its start.</summary>
    public long Repairs { get; init; }

    /// <summary>The status a live daemon left, or null.</summary>
    public static DaemonStatus? Read(HostPaths paths)
    {
        try
        {
            var node = JsonNode.Parse(File.ReadAllText(PathOf(paths)))!;
            var pid = node["pid"]!.GetValue<int>();
            // What a dead daemon said last is not the state of anything.
            if (!Directory.Exists(Path.Combine(paths.Proc, $"{pid}"))) return null;
            return new DaemonStatus
            {
                Pid = pid,
                Repairs = node["repairs"]!.GetValue<long>(),
                Recent = [.. node["recent"]!.AsArray().Select(n => ReadDrift(n!))],
                Conditions = node["conditions"]!.AsObject().ToDictionary(c => c.Key, c => new PolicyCondition(c.Value!["state"]!.GetValue<string>(), c.Value["message"]!.GetValue<string>())),
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or NullReferenceException or InvalidOperationException)
        {
            return null;
        }
    }

    public void Write(HostPaths paths)
    {
        var conditions = new JsonObject();
        foreach (var (name, condition) in Conditions) conditions[name] = new JsonObject { ["state"] = condition.State, ["message"] = condition.Message };
        Directory.CreateDirectory(paths.Run);
        var recent = new JsonArray([.. Recent.Select(d => (JsonNode)Write(d))]);
        DurableFile.WriteVolatile(PathOf(paths), new JsonObject { ["pid"] = Pid, ["repairs"] = Repairs, ["conditions"] = conditions, ["recent"] = recent }.ToJsonString());
    }

    private static JsonObject Write(DriftRecord drift) => new()
    {
        ["policy"] = drift.Policy,
        ["link"] = drift.Link,
        ["field"] = drift.Field,
        ["wanted"] = drift.Wanted,
        ["found"] = drift.Found,
        ["since"] = drift.Since.ToString("O", CultureInfo.InvariantCulture),
        ["by"] = drift.By,
    };

    private static DriftRecord ReadDrift(JsonNode node) => new()
    {
        Policy = node["policy"]!.GetValue<string>(),
        Link = node["link"]!.GetValue<string>(),
        Field = node["field"]!.GetValue<string>(),
        Wanted = node["wanted"]?.GetValue<string>(),
        Found = node["found"]?.GetValue<string>(),
        Since = DateTimeOffset.Parse(node["since"]!.GetValue<string>(), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind),
        By = node["by"]?.GetValue<string>(),
    };

    private static string PathOf(HostPaths paths) => Path.Combine(paths.Run, "status.json");
}
