using NodeAgent.Network.Model;
using NodeAgent.Network.Planning.Working;

namespace NodeAgent.Network.Planning.Guarding;

/// <summary>The route of a control path: the default route it names, or the one the kernel takes to its destination.</summary>
internal static class PathRoute
{
    /// <summary>Null where the path needs no route of its own (on the link), or none is known.</summary>
    public static RouteState? Find(WorkingState state, ControlPath path)
    {
        if (path is { IsDefaultRoute: false, Gateway: null }) return null;
        RouteState? best = null;
        foreach (var route in state.Routes.OfDevice(path.Link))
        {
            if (route.IsKernels || route.Table != RouteSpec.MainTable || !Equals(route.Gateway, path.Gateway)) continue;
            if (path.IsDefaultRoute ? !route.IsDefault : path.Destination is { } to && !route.Destination.Covers(to)) continue;
            if (best is null || IsBetter(route, best)) best = route;
        }

        return best;
    }

    public static bool IsThere(WorkingState state, RouteState route)
    {
        foreach (var other in state.Routes.To(route.Destination))
        {
            if (WorkingRoutes.Same(other, route)) return true;
        }

        return false;
    }

    /// <summary>Longer prefix, then lower metric.</summary>
    public static bool IsBetter(RouteState route, RouteState best) =>
        route.Destination.PrefixLength != best.Destination.PrefixLength ? route.Destination.PrefixLength > best.Destination.PrefixLength : route.Metric < best.Metric;
}
