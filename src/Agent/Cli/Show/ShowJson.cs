using System.Text.Json.Nodes;
using NodeAgent.Network.Drift;
using NodeAgent.Network.Health;
using NodeAgent.Network.Model;
using NodeAgent.Network.Planning;
using NodeAgent.Network.View;

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
            ["bridges"] = List(view.VlansForGuests(), Bridge),
            ["routes"] = List(view.Snapshot.Routes, Route),
            ["policies"] = List(view.Policies, Policy),
            ["waiting"] = view.Waiting is { } w ? new JsonObject { ["transaction"] = w.Id, ["policy"] = w.Policy, ["deadline"] = Time(w.Deadline) } : null,
            ["macConflicts"] = List(LinkHealth.Conflicts(view), Conflict),
            ["problems"] = List(view.Problems, static p => new JsonObject { ["link"] = p.Link, ["mac"] = p.Mac, ["message"] = p.Message }),
        };
    }

    public static JsonObject Conflict(MacConflict conflict) => new()
    {
        ["mac"] = conflict.Mac,
        ["bridge"] = conflict.Bridge,
        ["vlan"] = conflict.Vlan > 0 ? conflict.Vlan : null,
        ["state"] = conflict.State,
        ["severity"] = BondJson.Word(conflict.Severity),
        ["ports"] = List(conflict.Ports, static p => JsonValue.Create(p)),
        ["sentence"] = conflict.Sentence,
    };

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

    public static JsonObject Bridge(VlanAvailability bridge) => new()
    {
        ["name"] = bridge.Bridge,
        ["uplinks"] = List(bridge.Uplinks, static u => JsonValue.Create(u)),
        ["untagged"] = bridge.Untagged,
        ["vlansAvailable"] = List(bridge.Tagged.Ranges, static r => new JsonObject { ["first"] = r.First, ["last"] = r.Last }),
        ["vlansTaken"] = List(bridge.Taken, static t => new JsonObject { ["id"] = t.Id, ["by"] = t.By, ["port"] = t.Port }),
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
        ["drift"] = List(policy.Drift, static d => new JsonObject
        {
            ["link"] = d.Link,
            ["field"] = d.Field,
            ["wanted"] = d.Wanted,
            ["found"] = d.Found,
            ["since"] = Time(d.Since),
            ["by"] = d.By,
        }),
    };

    public static JsonArray List<T>(IEnumerable<T> items, Func<T, JsonNode?> node)
    {
        var array = new JsonArray();
        foreach (var item in items) array.Add(node(item));
        return array;
    }

    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
