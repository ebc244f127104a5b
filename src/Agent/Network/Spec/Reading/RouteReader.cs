using System.Net;
using NodeAgent.Network.Model;
using NodeAgent.Network.Spec.Yaml;

namespace NodeAgent.Network.Spec.Reading;

/// <summary>Reads `routes:`: its config; `running` only reports.</summary>
internal static class RouteReader
{
    private const int LocalTable = 255;

    private const string DestinationExpected = "a destination such as 10.0.0.0/8, or 0.0.0.0/0 for the default route";

    public static IReadOnlyList<RouteSpec> Read(YamlNode node, string path, ReadContext context)
    {
        var routes = new List<RouteSpec>();
        if (context.Map(node, path, "a map with `config:`") is not { } map) return routes;
        foreach (var entry in map.Entries)
        {
            if (entry.Key != "config") context.OtherKey(entry, path, KnownKeys.Routes);
            else if (context.List(entry.Value, path + ".config", "a list of routes") is { } list)
            {
                for (var i = 0; i < list.Items.Count; i++)
                {
                    if (Route(list.Items[i], $"{path}.config[{i}]", context) is { } route) routes.Add(route);
                }
            }
        }

        return routes;
    }

    private static RouteSpec? Route(YamlNode node, string path, ReadContext context)
    {
        if (context.Map(node, path, "a route (destination, next-hop-interface, ...)") is not { } map) return null;
        var route = new RouteSpec { Policy = context.Policy, Mark = map.Mark };
        var good = true;
        foreach (var entry in map.Entries)
        {
            var place = $"{path}.{entry.Key}";
            var unset = entry.Value is YamlScalar { Text: "" };
            switch (entry.Key)
            {
                case "destination":
                    var destination = unset ? null : Destination(entry.Value, place, context);
                    good &= unset || destination is not null;
                    route = route with { Destination = destination };
                    break;
                case "next-hop-address":
                    var gateway = unset ? null : Gateway(entry.Value, place, context);
                    good &= unset || gateway is not null;
                    route = route with { NextHopAddress = gateway };
                    break;
                case "next-hop-interface":
                    var link = context.LinkName(entry.Value, place);
                    good &= link is not null;
                    route = route with { NextHopInterface = link };
                    break;
                case "metric":
                    var metric = context.Number(entry.Value, place, -1, uint.MaxValue);
                    good &= metric is not null;
                    route = route with { Metric = metric == -1 ? null : metric };
                    break;
                case "table-id":
                    var table = context.Number(entry.Value, place, 0, int.MaxValue);
                    good &= table is not null and not LocalTable;
                    if (table == LocalTable) context.Error(entry.Value.Mark, place, "table 255 (local) is the kernel's own; use another");
                    route = route with { Table = table is 0 or RouteSpec.MainTable ? null : (int?)table };
                    break;
                case "state":
                    var absent = entry.Value is YamlScalar { Text: "absent" };
                    if (!absent) context.Expected(entry.Value, place, "absent, or no state at all");
                    good &= absent;
                    route = route with { Absent = absent };
                    break;
                default:
                    context.OtherKey(entry, path, KnownKeys.Route);
                    break;
            }
        }

        if (!good || Problem(route) is not { } problem) return good ? route : null;
        context.Error(map.Mark, path, problem);
        return null;
    }

    private static string? Problem(RouteSpec route)
    {
        if (route.Absent)
        {
            return route is { Destination: null, NextHopAddress: null, NextHopInterface: null, Table: null }
                ? "says absent and nothing else: that would be every route; name destination, next-hop-address, next-hop-interface or table-id"
                : null;
        }

        if (route.Destination is null) return "has no destination; write 0.0.0.0/0 or ::/0 for the default route";
        return route.NextHopInterface is null ? "has no next-hop-interface, the link the route leaves by" : null;
    }

    private static IpCidr? Destination(YamlNode node, string path, ReadContext context)
    {
        if (context.Text(node, path, DestinationExpected) is not { } text) return null;
        if (!text.Contains('/', StringComparison.Ordinal) || !IpCidr.TryParse(text, out var cidr))
        {
            if (IpText.TryParse(text, out var host)) context.Error(node.Mark, path, $"has no prefix length; write {new IpCidr(host, host.GetAddressBytes().Length * 8)} for this one host");
            else context.Expected(node, path, DestinationExpected);
            return null;
        }

        var network = cidr.Network;
        // The kernel refuses a destination with host bits; nmstate clears them, and so do we.
        if (!network.Equals(cidr)) context.Note(node.Mark, path, $"{cidr} is read as {network}, its network");
        return network;
    }

    private static IPAddress? Gateway(YamlNode node, string path, ReadContext context)
    {
        if (node is YamlScalar scalar && IpText.TryParse(scalar.Text, out var address)) return address;
        context.Expected(node, path, "the IP address of a gateway");
        return null;
    }
}
