using System.Text.Json.Nodes;
using NodeAgent.Network.Model;
using NodeAgent.Network.Spec.Writing;

namespace NodeAgent.Network.Spec;

/// <summary>Writes a desired state as a document of nmstate's schema, in a fixed order: what <see cref="DocumentReader"/> reads back is equal.</summary>
public static class DocumentWriter
{
    public static string ToYaml(DesiredState desired) => YamlWriter.Write(ToJson(desired));

    public static JsonObject ToJson(DesiredState desired)
    {
        var interfaces = new JsonArray();
        foreach (var spec in desired.Interfaces) interfaces.Add((JsonNode)Interface(spec));
        var document = new JsonObject { ["interfaces"] = interfaces };
        if (desired.Routes.Count == 0) return document;
        var routes = new JsonArray();
        foreach (var route in desired.Routes) routes.Add((JsonNode)Route(route));
        document["routes"] = new JsonObject { ["config"] = routes };
        return document;
    }

    private static JsonObject Interface(InterfaceSpec spec)
    {
        var map = new JsonObject { ["name"] = spec.Name };
        if (spec.Type is { } type) map["type"] = type.ToText();
        if (spec.State is { } state) map["state"] = state switch { InterfaceState.Up => "up", InterfaceState.Down => "down", _ => "absent" };
        if (spec.MatchMac is { } mac)
        {
            map["identifier"] = "mac-address";
            map["mac-address"] = mac;
        }

        foreach (var entry in spec.Fields) Put(map, entry);
        if (spec.Ports is { } ports) Ports(map, spec, ports);
        if (spec.Ipv4 is { } ipv4) map["ipv4"] = Ip(ipv4);
        if (spec.Ipv6 is { } ipv6) map["ipv6"] = Ip(ipv6);
        return map;
    }

    /// <summary>Puts a field in the maps that its path names.</summary>
    private static void Put(JsonObject map, FieldEntry entry)
    {
        var parts = entry.Field.Path.Split('.');
        foreach (var part in parts.AsSpan(0, parts.Length - 1)) map = Child(map, part);
        map[parts[^1]] = entry.Field.Type switch
        {
            FieldType.Flag => entry.Value.Number != 0,
            FieldType.Number => entry.Value.Number,
            _ => entry.Text,
        };
    }

    private static void Ports(JsonObject map, InterfaceSpec spec, IReadOnlyList<PortSpec> ports)
    {
        var bridge = spec.Type == InterfaceType.LinuxBridge || (spec.Type is null && map["link-aggregation"] is null);
        var list = new JsonArray();
        foreach (var port in ports) list.Add(bridge ? Port(port) : JsonValue.Create(port.Name));
        Child(map, bridge ? "bridge" : "link-aggregation")["port"] = list;
    }

    private static JsonObject Port(PortSpec port)
    {
        var map = new JsonObject { ["name"] = port.Name };
        foreach (var entry in port.Options) Put(map, entry);
        if (port.Vlans is { } vlans) map["vlan"] = PortVlanWriter.Write(vlans);
        return map;
    }

    private static JsonObject Ip(IpSpec ip)
    {
        var map = new JsonObject();
        if (ip.Enabled is { } enabled) map["enabled"] = enabled;
        if (ip.Addresses is not { } addresses) return map;
        var list = new JsonArray();
        foreach (var address in addresses) list.Add((JsonNode)new JsonObject { ["ip"] = address.Address.ToString(), ["prefix-length"] = address.PrefixLength });
        map["address"] = list;
        return map;
    }

    private static JsonObject Route(RouteSpec route)
    {
        var map = new JsonObject();
        if (route.Destination is { } destination) map["destination"] = destination.ToString();
        if (route.NextHopAddress is { } gateway) map["next-hop-address"] = gateway.ToString();
        if (route.NextHopInterface is { } link) map["next-hop-interface"] = link;
        if (route.Metric is { } metric) map["metric"] = metric;
        if (route.Table is { } table) map["table-id"] = table;
        if (route.Absent) map["state"] = "absent";
        return map;
    }

    private static JsonObject Child(JsonObject map, string key)
    {
        if (map[key] is JsonObject child) return child;
        child = [];
        map[key] = child;
        return child;
    }
}
