using NodeAgent.Network.Model;

namespace NodeAgent.Network.Spec.Merging;

/// <summary>Joins the routes of policies: one destination, metric and table leads one way, and none is wanted here and unwanted there.</summary>
internal static class RouteMerge
{
    public static IReadOnlyList<RouteSpec> Merge(IReadOnlyList<DesiredState> states, Conflicts conflicts)
    {
        var routes = new List<RouteSpec>();
        var present = new Dictionary<(IpCidr?, long?, int), RouteSpec>();
        foreach (var route in states.SelectMany(s => s.Routes))
        {
            if (route.Absent || present.TryAdd(Key(route), route)) routes.Add(route);
            else if (Way(present[Key(route)]) != Way(route)) Conflict(present[Key(route)], route, conflicts);
        }

        foreach (var absent in routes.Where(r => r.Absent))
        {
            foreach (var route in present.Values)
            {
                if (route.Policy != absent.Policy && Matches(absent, route)) Conflict(route, absent, conflicts);
            }
        }

        return routes;
    }

    private static (IpCidr?, long?, int) Key(RouteSpec route) => (route.Destination, route.Metric, route.Table ?? RouteSpec.MainTable);

    private static string Way(RouteSpec route) =>
        route.Absent ? "absent" : $"via {(route.NextHopAddress is { } hop ? hop + " " : "")}dev {route.NextHopInterface}";

    private static bool Matches(RouteSpec absent, RouteSpec route) =>
        (absent.Destination is null || absent.Destination == route.Destination)
        && (absent.NextHopAddress is null || absent.NextHopAddress.Equals(route.NextHopAddress))
        && (absent.NextHopInterface is null || absent.NextHopInterface == route.NextHopInterface)
        && (absent.Metric is null || absent.Metric == route.Metric)
        && (absent.Table is null || absent.Table == route.Table);

    private static void Conflict(RouteSpec first, RouteSpec second, Conflicts conflicts) =>
        conflicts.Add($"routes[{first.Destination}]", first.Mark, first.Policy, Way(first), second.Mark, second.Policy, Way(second));
}
