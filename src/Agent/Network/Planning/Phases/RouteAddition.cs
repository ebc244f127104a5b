using NodeAgent.Network.Model;

namespace NodeAgent.Network.Planning.Phases;

/// <summary>Adds routes, those to links before those through gateways; one whose next hop changes takes the place of the old one at once.</summary>
internal static class RouteAddition
{
    public static void Add(Draft draft)
    {
        var wanted = draft.Desired.Routes.Where(r => !r.Absent && r.Destination is not null).Select(r => (Spec: r, Route: RouteGoals.Of(draft, r))).ToList();
        var named = wanted.Select(w => w.Route).ToList();
        foreach (var (spec, route) in wanted.OrderBy(w => w.Route.Gateway is not null)) Add(draft, spec, route, named);
        RouteRestoration.Add(draft);
    }

    private static void Add(Draft draft, RouteSpec spec, RouteState route, List<RouteState> named)
    {
        var rivals = new List<RouteState>();
        foreach (var existing in draft.State.Routes.To(route.Destination))
        {
            if (existing.Table != route.Table || existing.Metric != route.Metric) continue;
            if (Satisfies(existing, route)) return;
            if (!existing.IsKernels) rivals.Add(existing);
        }

        if (Impossible(draft, route) is { } problem)
        {
            draft.Refuse($"the route {RouteSteps.Text(route)} cannot be: {problem}");
            return;
        }

        var replaced = rivals.Where(r => !named.Exists(n => Satisfies(r, n))).ToList();
        foreach (var rival in replaced) draft.Add(RouteSteps.Remove(rival, spec.Policy, "its next hop changes"));
        var lost = draft.State.Routes.WasLost(route);
        draft.Add(RouteSteps.Add(route, spec.Policy, lost ? "an earlier step took it away" : replaced.Count > 0 ? "its next hop changes" : "it is asked for"));
    }

    /// <summary>What the kernel would answer with ENETDOWN or "Nexthop has invalid gateway".</summary>
    private static string? Impossible(Draft draft, RouteState route)
    {
        if (route.Device is not { } device) return null;
        if (draft.State.Find(device) is not { } link) return $"{device} does not exist";
        if (!link.Up) return $"{device} is down; write state: up for it";
        return route.Gateway is { } gateway && !RouteRestoration.Reaches(draft, link, gateway) ? $"{device} has no address in the subnet of {gateway}; give it one, or check the gateway" : null;
    }

    private static bool Satisfies(RouteState existing, RouteState wanted) =>
        existing.Table == wanted.Table && existing.Metric == wanted.Metric && existing.Destination == wanted.Destination
        && Equals(existing.Gateway, wanted.Gateway) && (wanted.Device is null || existing.Device == wanted.Device);
}
