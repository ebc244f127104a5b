using NodeAgent.Network.Model;
using NodeAgent.Network.Planning.Working;

namespace NodeAgent.Network.Planning.Reverting;

/// <summary>Routes that a plan adds, as absent, and those it takes away.</summary>
internal static class FormerRoutes
{
    /// <summary>RTPROT_RA: they come back by themselves.</summary>
    private const int RouterAdvertisement = 9;

    public static IReadOnlyList<RouteSpec> Of(NetworkSnapshot before, WorkingRoutes after)
    {
        var routes = new List<RouteSpec>();
        var was = new WorkingRoutes(before.Routes);
        foreach (var route in after.All)
        {
            if (!Has(was, route)) routes.Add(Spec(route) with { Absent = true });
        }

        foreach (var route in before.Routes)
        {
            if (!route.IsKernels && route.Device is not null && route.Protocol != RouterAdvertisement && !Has(after, route)) routes.Add(Spec(route));
        }

        return routes;
    }

    private static bool Has(WorkingRoutes routes, RouteState route)
    {
        foreach (var other in routes.To(route.Destination))
        {
            if (WorkingRoutes.Same(other, route)) return true;
        }

        return false;
    }

    private static RouteSpec Spec(RouteState route) => new()
    {
        Destination = route.Destination,
        NextHopAddress = route.Gateway,
        NextHopInterface = route.Device,
        Metric = route.Metric,
        Table = route.Table,
    };
}
