using System.Net;
using NodeAgent.Network.Model;
using NodeAgent.Network.Planning.Working;

namespace NodeAgent.Network.Planning.Phases;

/// <summary>Puts back routes that the kernel dropped in the wake of a step and that nobody asked to change, where they still can be.</summary>
internal static class RouteRestoration
{
    /// <summary>RTPROT_RA: the next router advertisement brings it back.</summary>
    private const int RouterAdvertisement = 9;

    public static void Add(Draft draft)
    {
        if (!draft.State.RoutesInUse) return;
        var local = new Lazy<HashSet<IPAddress>>(() => [.. draft.Goals.All.SelectMany(g => draft.State.Find(g.Name)?.Addresses ?? []).Select(a => a.Cidr.Address)]);
        foreach (var route in draft.State.Routes.Lost.Distinct().OrderBy(r => r.Gateway is not null).ToArray())
        {
            if (route.Protocol == RouterAdvertisement || IsThere(draft, route)) continue;
            if (Problem(draft, route, local) is { } problem) draft.Notes.Add($"the route {RouteSteps.Text(route)} goes: {problem}");
            else draft.Add(RouteSteps.Add(route, null, "an earlier step took it away"));
        }
    }

    private static bool IsThere(Draft draft, RouteState route)
    {
        foreach (var other in draft.State.Routes.To(route.Destination))
        {
            if (other.Table == route.Table && other.Metric == route.Metric && (!route.Destination.IsIpv6 || WorkingRoutes.Same(other, route))) return true;
        }

        return false;
    }

    private static string? Problem(Draft draft, RouteState route, Lazy<HashSet<IPAddress>> local)
    {
        if (route.Device is not { } device || draft.State.Find(device) is not { } link) return $"{route.Device ?? "its link"} goes";
        if (!link.Up) return $"{device} is down";
        if (route.Source is { } source && !link.Addresses.Any(a => a.Cidr.Address.Equals(source)) && !local.Value.Contains(source)) return $"its source address {source} goes";
        return route.Gateway is { } gateway && !Reaches(draft, link, gateway) ? $"no address of {device} is left in the subnet of its gateway" : null;
    }

    /// <summary>Whether a gateway is on the link, by an address or a route without gateway.</summary>
    public static bool Reaches(Draft draft, WorkingLink link, IPAddress gateway)
    {
        if (gateway.IsIPv6LinkLocal) return true;
        foreach (var address in link.Addresses)
        {
            if (address.Cidr.Covers(gateway)) return true;
        }

        foreach (var route in draft.State.Routes.OfDevice(link.Name))
        {
            if (route.Gateway is null && route.Destination.Covers(gateway)) return true;
        }

        return false;
    }
}
