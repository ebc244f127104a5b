using System.Net;
using NodeAgent.Network.Model;

namespace NodeAgent.Network.Planning.Phases;

/// <summary>The route that a document's route means.</summary>
internal static class RouteGoals
{
    /// <summary>RTPROT_STATIC.</summary>
    private const int Static = 4;

    /// <summary>RT_SCOPE_LINK: no gateway in between.</summary>
    private const int LinkScope = 253;

    public static RouteState Of(Draft draft, RouteSpec spec)
    {
        var destination = spec.Destination!.Value;
        return new RouteState
        {
            Destination = destination,
            Gateway = spec.NextHopAddress,
            Device = spec.NextHopInterface ?? (spec.NextHopAddress is { } gateway ? DeviceOf(draft, gateway) : null),
            Metric = spec.Metric ?? RouteSteps.DefaultMetric(destination),
            Table = spec.Table ?? RouteSpec.MainTable,
            Protocol = Static,
            Scope = spec.NextHopAddress is null && !destination.IsIpv6 ? LinkScope : 0,
        };
    }

    /// <summary>The link with an address in the gateway's subnet: of the document's links first, then of all by the connected routes; null leaves it to the kernel.</summary>
    private static string? DeviceOf(Draft draft, IPAddress gateway)
    {
        foreach (var goal in draft.Goals.All)
        {
            if (draft.State.Find(goal.Name) is not { } link) continue;
            foreach (var address in link.Addresses)
            {
                if (!address.Cidr.IsHost && address.Cidr.Covers(gateway)) return goal.Name;
            }
        }

        RouteState? best = null;
        foreach (var route in draft.State.Routes.All)
        {
            if (route.Gateway is null && route.Device is not null && route.Destination.Covers(gateway) && !(route.Destination.PrefixLength <= best?.Destination.PrefixLength)) best = route;
        }

        return best?.Device;
    }
}
