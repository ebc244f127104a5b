using System.Text.Json.Nodes;
using NodeAgent.Network.Drift;
using NodeAgent.Network.Model;

namespace NodeAgent.Cli.Show;

/// <summary>`net show` for programs. The names are a contract.</summary>
public static class ShowJson
{
    public static JsonObject Of(NetworkView view)
    {
        var names = new List<string>(view.Snapshot.Links.Keys);
        names.Sort(NaturalOrder.Compare);
        return new JsonObject
        {
            ["links"] = List(names, n => LinkJson.Of(view, view.Snapshot.Links[n])),
            ["routes"] = List(view.Snapshot.Routes, Route),
            ["policies"] = List(view.Policies, Policy),
            ["waiting"] = view.Waiting is { } w ? new JsonObject { ["transaction"] = w.Id, ["policy"] = w.Policy, ["deadline"] = Time(w.Deadline) } : null,
            ["problems"] = List(view.Problems, static p => new JsonObject { ["link"] = p.Link, ["message"] = p.Message }),
        };
    }

    public static JsonObject Route(RouteState route) => new()
    {
        ["destination"] = route.Destination.ToString(),
        ["gateway"] = route.Gateway?.ToString(),
        ["device"] = route.Device,
        ["source"] = route.Source?.ToString(),
        ["metric"] = route.Metric,
        ["table"] = route.Table,
        ["kernel"] = route.IsKernels,
    };

    public static JsonObject Policy(PolicyStatus policy) => new()
    {
        ["name"] = policy.Name,
        ["file"] = policy.File,
        ["mode"] = policy.Mode.ToString().ToLowerInvariant(),
        ["state"] = policy.State,
        ["message"] = policy.Message,
        ["applied"] = policy.Applied is { } at ? Time(at) : null,
        ["links"] = List(policy.Links, static l => JsonValue.Create(l)),
    };

    public static JsonArray List<T>(IEnumerable<T> items, Func<T, JsonNode?> node)
    {
        var array = new JsonArray();
        foreach (var item in items) array.Add(node(item));
        return array;
    }

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
