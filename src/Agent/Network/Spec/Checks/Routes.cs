using System.Net;
using NodeAgent.Network.Model;

namespace NodeAgent.Network.Spec.Checks;

/// <summary>A route leaves by a link that is there and up, through a gateway that the link reaches.</summary>
internal static class Routes
{
    public static void Check(CheckContext context)
    {
        var seen = new Dictionary<(IpCidr, long, int), RouteSpec>();
        for (var i = 0; i < context.Desired.Routes.Count; i++)
        {
            var route = context.Desired.Routes[i];
            if (route.Absent || route.Destination is not { } destination) continue;
            var key = (destination, route.Metric ?? -1, route.Table ?? RouteSpec.MainTable);
            var problem = Problem(route, destination, context);
            if (problem is null && !seen.TryAdd(key, route)) problem = Twice(route, seen[key]);
            if (problem is not null) context.Error(route.Mark, $"routes[{destination}]", problem);
        }
    }

    private static string? Problem(RouteSpec route, IpCidr destination, CheckContext context)
    {
        if (route.NextHopAddress is { } gateway && gateway.AddressFamily != destination.Address.AddressFamily)
        {
            return $"the next hop {gateway} is not of the destination's family ({(destination.IsIpv6 ? "IPv6" : "IPv4")})";
        }

        if (route.NextHopInterface is not { } link) return "has no next-hop-interface, the link the route leaves by";
        if (context.Spec(link) is { IsAbsent: true } absent) return $"leaves by {link}, which is removed by {absent.StateMark}";
        if (context.Spec(link) is { State: InterfaceState.Down } down) return $"leaves by {link}, which is set down by {down.StateMark}: the kernel keeps no route there";
        if (!context.WillExist(link)) return $"leaves by {link}, which neither exists nor is described";
        if (context.ControllerOf(link) is { } controller) return $"leaves by {link}, which is a port of {controller}; use next-hop-interface: {controller}";
        return route.NextHopAddress is { } hop ? Unreachable(hop, link, context) : null;
    }

    private static string? Twice(RouteSpec route, RouteSpec first)
    {
        if (Equals(route.NextHopAddress, first.NextHopAddress) && route.NextHopInterface == first.NextHopInterface) return null;
        return $"is given with another next hop too ({first.Mark}); give the two different metrics, or keep one";
    }

    /// <summary>The kernel takes a gateway only where an address or route of the link covers it.</summary>
    private static string? Unreachable(IPAddress gateway, string link, CheckContext context)
    {
        if (gateway.IsIPv6LinkLocal) return null;
        var v6 = gateway.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6;
        var described = (v6 ? context.Spec(link)?.Ipv6 : context.Spec(link)?.Ipv4)?.Addresses;
        // Without what exists, addresses that are not named may be there.
        if (described is null && context.Observed is null) return null;
        var addresses = new List<IpCidr>(described ?? []);
        foreach (var address in context.Seen(link)?.Addresses ?? []) addresses.Add(address.Cidr);
        addresses.RemoveAll(a => a.IsIpv6 != v6);
        if (addresses.Exists(a => a.Address.Equals(gateway))) return $"the next hop {gateway} is {link}'s own address";
        if (addresses.Exists(a => a.Covers(gateway)) || OnLink(gateway, link, context)) return null;
        var have = addresses.Count == 0 ? "no address" : "only " + string.Join(", ", addresses);
        return $"the next hop {gateway} is not reachable by {link}, which has {have} there: the kernel refuses the route; write an address of its subnet on {link}";
    }

    private static bool OnLink(IPAddress gateway, string link, CheckContext context)
    {
        foreach (var route in context.Desired.Routes)
        {
            if (route is { Absent: false, NextHopAddress: null, Destination: { } to } && route.NextHopInterface == link && to.Covers(gateway)) return true;
        }

        foreach (var route in context.Observed?.Routes ?? [])
        {
            if (route.Gateway is null && route.Device == link && route.Destination.Covers(gateway)) return true;
        }

        return false;
    }
}
