using System.Net;
using NodeAgent.Network.Model;
using NodeAgent.Network.Planning.Guarding;

namespace NodeAgent.Network.Planning;

/// <summary>Control paths by the routes of a snapshot: longest prefix in the main table. For planning with files and for tests; on a node the kernel's own look-up knows rules and other tables too.</summary>
public static class ControlPaths
{
    public static IReadOnlyList<ControlPath> From(NetworkSnapshot snapshot, IEnumerable<IPAddress> controlPlane, IPAddress? sshClient = null)
    {
        var paths = new List<ControlPath>();
        foreach (var family in new[] { IPAddress.Any, IPAddress.IPv6Any })
        {
            var best = Best(snapshot, r => r.IsDefault && r.Destination.Address.AddressFamily == family.AddressFamily);
            if (best?.Device is not { } device) continue;
            paths.Add(new ControlPath
            {
                Description = best.Gateway is { } gateway ? $"the default route via {gateway} dev {device}" : $"the default route dev {device}",
                Link = device,
                Gateway = best.Gateway,
                Source = best.Source,
                IsDefaultRoute = true,
            });
        }

        foreach (var address in controlPlane) Add(snapshot, paths, address, $"the route to the control plane {address}");
        if (sshClient is not null) Add(snapshot, paths, sshClient, $"the SSH session from {sshClient}");
        return paths;
    }

    private static void Add(NetworkSnapshot snapshot, List<ControlPath> paths, IPAddress address, string description)
    {
        if (IPAddress.IsLoopback(address)) return;
        var route = Best(snapshot, r => r.Destination.Covers(address));
        var connected = Connected(snapshot, address);
        if (connected is { } on && !(route?.Destination.PrefixLength > on.Prefix))
        {
            paths.Add(new ControlPath { Description = description, Link = on.Link, Source = on.Source, Destination = address });
        }
        else if (route?.Device is { } device)
        {
            paths.Add(new ControlPath { Description = description, Link = device, Gateway = route.Gateway, Source = route.Source, Destination = address });
        }
    }

    private static RouteState? Best(NetworkSnapshot snapshot, Func<RouteState, bool> matches)
    {
        RouteState? best = null;
        foreach (var route in snapshot.Routes)
        {
            if (route.Table == RouteSpec.MainTable && route.Device is not null && matches(route) && (best is null || PathRoute.IsBetter(route, best))) best = route;
        }

        return best;
    }

    /// <summary>Documents do not list the routes that the kernel adds with addresses: the addresses say the same.</summary>
    private static (string Link, IPAddress Source, int Prefix)? Connected(NetworkSnapshot snapshot, IPAddress address)
    {
        (string Link, IPAddress Source, int Prefix)? best = null;
        foreach (var link in snapshot.Links.Values)
        {
            if (!link.Up) continue;
            foreach (var own in link.Addresses)
            {
                if (own.Cidr.Covers(address) && !(own.Cidr.PrefixLength <= best?.Prefix)) best = (link.Name, own.Cidr.Address, own.Cidr.PrefixLength);
            }
        }

        return best;
    }
}
