using NodeAgent.Network.Model;

namespace NodeAgent.Network.Planning.Phases;

/// <summary>Steps for routes, and how a route reads.</summary>
internal static class RouteSteps
{
    public static PlanStep Add(RouteState route, string? policy, string reason) => new AddRouteStep
    {
        Kind = "route",
        Link = route.Device ?? "",
        Route = route,
        Changes = [new Change("route", null, Text(route))],
        Reason = reason,
        Policy = policy,
    };

    public static PlanStep Remove(RouteState route, string? policy, string reason) => new RemoveRouteStep
    {
        Kind = "route",
        Link = route.Device ?? "",
        Route = route,
        Changes = [new Change("route", Text(route), null)],
        Reason = reason,
        Policy = policy,
    };

    /// <summary>As ip(8) writes it, for example "default via 10.20.30.1 dev bond_data.20".</summary>
    public static string Text(RouteState route)
    {
        var text = route.IsDefault ? route.Destination.IsIpv6 ? "default (IPv6)" : "default" : route.Destination.ToString();
        if (route.Gateway is { } gateway) text += $" via {gateway}";
        if (route.Device is { } device) text += $" dev {device}";
        if (route.Source is { } source) text += $" src {source}";
        if (route.Metric != DefaultMetric(route.Destination)) text += $" metric {route.Metric}";
        return route.Table == RouteSpec.MainTable ? text : $"{text} table {route.Table}";
    }

    /// <summary>The priority the kernel gives to a route that names none (IP6_RT_PRIO_USER for IPv6).</summary>
    public static long DefaultMetric(IpCidr destination) => destination.IsIpv6 ? 1024 : 0;
}
