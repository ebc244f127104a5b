using System.Net;
using NodeAgent.Native.Netlink;
using NodeAgent.Native.Rtnl;
using NodeAgent.Network.Applying.Probes;

namespace NodeAgent.Network.Kernel;

/// <summary>The kernel's neighbour table and default gateways.</summary>
internal sealed class KernelNeighbours(NetlinkConnection connection) : INeighbours
{
    // struct nda_cacheinfo counts in USER_HZ ticks.
    private const double TicksPerSecond = 100;

    public bool IsConfirmed(IPAddress address, TimeSpan within)
    {
        var wanted = InetAddress.FromIPAddress(address);
        var entries = new List<NeighbourMessage>();
        connection.DumpNeighbours(entries, wanted.Family);
        foreach (var entry in entries)
        {
            if (entry.Destination == wanted
                && entry.State.HasFlag(NeighbourState.Reachable)
                && entry.Age is { } age && age.Confirmed / TicksPerSecond <= within.TotalSeconds) return true;
        }

        return false;
    }

    public IReadOnlyList<IPAddress> DefaultGateways()
    {
        var routes = new List<RouteMessage>();
        connection.DumpRoutes(routes, new RouteDump { Table = RouteTable.Main });
        return
        [
            .. routes.Where(r => r.IsDefault && r.Table == RouteTable.Main && r.Gateway is not null && r.Protocol != RouteProtocol.RouterAdvertisement)
                .OrderBy(r => r.Family).ThenBy(r => r.Priority ?? 0).Select(r => r.Gateway!.Value.ToIPAddress()),
        ];
    }
}
