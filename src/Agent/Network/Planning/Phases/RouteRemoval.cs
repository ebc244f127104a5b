using NodeAgent.Network.Model;

namespace NodeAgent.Network.Planning.Phases;

/// <summary>Routes that the document wants absent: null members match everything; the kernel's own routes go with their addresses only.</summary>
internal static class RouteRemoval
{
    public static void Add(Draft draft)
    {
        foreach (var spec in draft.Desired.Routes)
        {
            if (!spec.Absent) continue;
            var routes = draft.State.Routes;
            var candidates = spec.Destination is { } to ? routes.To(to)
                : spec.NextHopInterface is { } device ? routes.OfDevice(device)
                : routes.All;
            foreach (var route in candidates.Where(r => Matches(spec, r)).ToArray())
            {
                draft.Add(RouteSteps.Remove(route, spec.Policy, "it is asked to be absent"));
            }
        }
    }

    private static bool Matches(RouteSpec spec, RouteState route) =>
        !route.IsKernels
        && (spec.Destination is not { } to || to == route.Destination)
        && (spec.NextHopAddress is not { } gateway || gateway.Equals(route.Gateway))
        && (spec.NextHopInterface is not { } device || device == route.Device)
        && (spec.Metric is not { } metric || metric == route.Metric)
        && (spec.Table is not { } table || table == route.Table);
}
