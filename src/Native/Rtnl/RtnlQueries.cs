using NodeAgent.Native.Linux;
using NodeAgent.Native.Netlink;

namespace NodeAgent.Native.Rtnl;

/// <summary>What a connection may ask of rtnetlink: lists, appended to the caller's, and single objects.</summary>
public static class RtnlQueries
{
    /// <summary>All links, or those the filter names, in the order of their indices.</summary>
    public static void DumpLinks(this NetlinkConnection connection, List<LinkMessage> into, LinkDump filter = default)
    {
        if (filter == default)
            connection.Dump(RtnlMessageType.GetLink, RtnlMessageType.NewLink, LinkRequest.All, into, null, "links");
        else
            connection.DumpSomeLinks(into, filter);
    }

    /// <summary>Apart, so that listing everything needs no closure.</summary>
    private static void DumpSomeLinks(this NetlinkConnection connection, List<LinkMessage> into, LinkDump filter) =>
        connection.Dump(
            RtnlMessageType.GetLink,
            RtnlMessageType.NewLink,
            new LinkRequest { Mask = LinkRequest.SkipStatistics, Master = filter.Master, Kind = filter.Kind },
            into,
            link => (filter.Master is null || link.Master == filter.Master) && (filter.Kind is null || link.Kind == filter.Kind),
            "links");

    /// <summary>
    /// Every bridge and bridge port with its VLANs in ranges (<see cref="LinkMessage.BridgeVlans"/>) and, for ports,
    /// <see cref="LinkMessage.PortData"/>. Without VLAN filtering in the kernel the VLANs are null.
    /// </summary>
    public static void DumpBridgeVlans(this NetlinkConnection connection, List<LinkMessage> into) =>
        connection.Dump(RtnlMessageType.GetLink, RtnlMessageType.NewLink,
            new LinkRequest { Family = AddressFamily.Bridge, Mask = LinkRequest.BridgeVlansCompressed }, into, null, "bridge VLANs");

    public static void DumpAddresses(this NetlinkConnection connection, List<AddressMessage> into, AddressFamily family = AddressFamily.Unspecified, int? index = null) =>
        connection.Dump(RtnlMessageType.GetAddress, RtnlMessageType.NewAddress,
            new AddressMessage { Family = family, Index = index ?? 0 }, into,
            index is null ? null : address => address.Index == index, "addresses");

    public static void DumpRoutes(this NetlinkConnection connection, List<RouteMessage> into, RouteDump filter = default)
    {
        var request = new RouteMessage
        {
            Family = filter.Family,
            Table = filter.Table ?? 0,
            OutputLink = filter.OutputLink,
            Protocol = filter.Protocol ?? RouteProtocol.Unspecified,
        };
        // Cached exceptions (learned path MTUs) come with the routes of IPv6 and are not configuration.
        connection.Dump(RtnlMessageType.GetRoute, RtnlMessageType.NewRoute, request, into,
            route => (route.Flags & RouteFlags.Cloned) == 0
                && (filter.Table is null || route.Table == filter.Table)
                && (filter.OutputLink is null || route.OutputLink == filter.OutputLink || route.NextHops?.Exists(hop => hop.Index == filter.OutputLink) == true)
                && (filter.Protocol is null || route.Protocol == filter.Protocol),
            "routes");
    }

    /// <summary>ARP and ND entries.</summary>
    public static void DumpNeighbours(this NetlinkConnection connection, List<NeighbourMessage> into, AddressFamily family = AddressFamily.Unspecified, int? index = null) =>
        connection.Dump(RtnlMessageType.GetNeighbour, RtnlMessageType.NewNeighbour,
            new NeighbourMessage { Family = family, ViaLink = index }, into,
            index is null ? null : neighbour => neighbour.Index == index, "neighbours");

    /// <summary>Forwarding databases of bridges and VXLANs: all, or those of one bridge.</summary>
    public static void DumpForwarding(this NetlinkConnection connection, List<NeighbourMessage> into, int? bridge = null) =>
        connection.Dump(RtnlMessageType.GetNeighbour, RtnlMessageType.NewNeighbour,
            new NeighbourMessage { Family = AddressFamily.Bridge, Master = bridge }, into,
            bridge is null ? null : entry => entry.Master == bridge || entry.Index == bridge, "forwarding entries");

    /// <summary>Null if there is no such link. Alternative names are found too.</summary>
    public static LinkMessage? GetLink(this NetlinkConnection connection, string name) =>
        connection.Get<LinkMessage>(RtnlMessageType.GetLink, RtnlMessageType.NewLink, new LinkRequest { Name = name, Mask = LinkRequest.SkipStatistics }, Errno.ENODEV, "look up link", name);

    /// <summary>Null if there is no such link.</summary>
    public static LinkMessage? GetLink(this NetlinkConnection connection, int index) =>
        connection.Get<LinkMessage>(RtnlMessageType.GetLink, RtnlMessageType.NewLink, new LinkRequest { Index = index, Mask = LinkRequest.SkipStatistics }, Errno.ENODEV, "look up link", $"{index}");

    /// <summary>
    /// The way the kernel would send a packet to this address now, as "ip route get" shows it; null if there is none (ENETUNREACH).
    /// </summary>
    public static RouteMessage? GetRoute(this NetlinkConnection connection, InetAddress destination, InetAddress? from = null) =>
        connection.Get<RouteMessage>(
            RtnlMessageType.GetRoute,
            RtnlMessageType.NewRoute,
            new RouteMessage
            {
                Family = destination.Family,
                Destination = destination,
                DestinationLength = destination.BitLength,
                Source = from,
                SourceLength = from?.BitLength ?? 0,
                // IPv6 says the table unasked, and refuses to be asked.
                Flags = destination.Family == AddressFamily.Inet ? RouteFlags.LookupTable : RouteFlags.None,
            },
            Errno.ENETUNREACH,
            "look up route to",
            destination.ToString());
}
