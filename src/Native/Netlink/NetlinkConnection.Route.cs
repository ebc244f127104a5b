using NodeAgent.Native.Linux;
using NodeAgent.Native.Rtnl;

namespace NodeAgent.Native.Netlink;

public sealed partial class NetlinkConnection
{
    /// <summary>All links, or those the filter names, in the order of their indices.</summary>
    public void DumpLinks(List<LinkMessage> into, LinkDump filter = default)
    {
        if (filter == default)
            Dump(RtnlMessageType.GetLink, RtnlMessageType.NewLink, LinkRequest.All, into, null, "links");
        else
            DumpSomeLinks(into, filter);
    }

    /// <summary>Apart, so that listing everything needs no closure.</summary>
    private void DumpSomeLinks(List<LinkMessage> into, LinkDump filter) =>
        Dump(
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
    public void DumpBridgeVlans(List<LinkMessage> into) =>
        Dump(RtnlMessageType.GetLink, RtnlMessageType.NewLink,
            new LinkRequest { Family = AddressFamily.Bridge, Mask = LinkRequest.BridgeVlansCompressed }, into, null, "bridge VLANs");

    public void DumpAddresses(List<AddressMessage> into, AddressFamily family = AddressFamily.Unspecified, int? index = null) =>
        Dump(RtnlMessageType.GetAddress, RtnlMessageType.NewAddress,
            new AddressMessage { Family = family, Index = index ?? 0 }, into,
            index is null ? null : address => address.Index == index, "addresses");

    public void DumpRoutes(List<RouteMessage> into, RouteDump filter = default)
    {
        var request = new RouteMessage
        {
            Family = filter.Family,
            Table = filter.Table ?? 0,
            OutputLink = filter.OutputLink,
            Protocol = filter.Protocol ?? RouteProtocol.Unspecified,
        };
        // Cached exceptions (learned path MTUs) come with the routes of IPv6 and are not configuration.
        Dump(RtnlMessageType.GetRoute, RtnlMessageType.NewRoute, request, into,
            route => (route.Flags & RouteFlags.Cloned) == 0
                && (filter.Table is null || route.Table == filter.Table)
                && (filter.OutputLink is null || route.OutputLink == filter.OutputLink || route.NextHops?.Exists(hop => hop.Index == filter.OutputLink) == true)
                && (filter.Protocol is null || route.Protocol == filter.Protocol),
            "routes");
    }

    /// <summary>ARP and ND entries.</summary>
    public void DumpNeighbours(List<NeighbourMessage> into, AddressFamily family = AddressFamily.Unspecified, int? index = null) =>
        Dump(RtnlMessageType.GetNeighbour, RtnlMessageType.NewNeighbour,
            new NeighbourMessage { Family = family, ViaLink = index }, into,
            index is null ? null : neighbour => neighbour.Index == index, "neighbours");

    /// <summary>Forwarding databases of bridges and VXLANs: all, or those of one bridge.</summary>
    public void DumpForwarding(List<NeighbourMessage> into, int? bridge = null) =>
        Dump(RtnlMessageType.GetNeighbour, RtnlMessageType.NewNeighbour,
            new NeighbourMessage { Family = AddressFamily.Bridge, Master = bridge }, into,
            bridge is null ? null : entry => entry.Master == bridge || entry.Index == bridge, "forwarding entries");

    /// <summary>Null if there is no such link. Alternative names are found too.</summary>
    public LinkMessage? GetLink(string name) =>
        Get<LinkMessage>(RtnlMessageType.GetLink, RtnlMessageType.NewLink, new LinkRequest { Name = name, Mask = LinkRequest.SkipStatistics }, Errno.ENODEV, "look up link", name);

    /// <summary>Null if there is no such link.</summary>
    public LinkMessage? GetLink(int index) =>
        Get<LinkMessage>(RtnlMessageType.GetLink, RtnlMessageType.NewLink, new LinkRequest { Index = index, Mask = LinkRequest.SkipStatistics }, Errno.ENODEV, "look up link", $"{index}");

    /// <summary>
    /// The way the kernel would send a packet to this address now, as "ip route get" shows it; null if there is none (ENETUNREACH).
    /// </summary>
    public RouteMessage? GetRoute(InetAddress destination, InetAddress? from = null) =>
        Get<RouteMessage>(
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
