using NodeAgent.Native.Rtnl;

namespace NodeAgent.Native.Netlink;

public enum NetlinkEventKind
{
    LinkChanged,
    LinkRemoved,

    /// <summary>A port's bridge options or VLANs, or those of a bridge itself: <see cref="NetlinkEvent.Link"/> is the bridge's view.</summary>
    BridgePortChanged,

    /// <summary>The link is no longer a port of the bridge; it may live on.</summary>
    BridgePortRemoved,
    AddressChanged,
    AddressRemoved,
    RouteChanged,
    RouteRemoved,
    NeighbourChanged,
    NeighbourRemoved,
}

/// <summary>A change the kernel announced. The message belongs to the receiver of the event.</summary>
/// <param name="PortId">
/// The netlink address of whoever asked for the change (<see cref="NetlinkConnection.PortId"/>; for a program's first socket
/// its process id); 0 where the kernel does not say, as it does for addresses and routes but not for links.
/// </param>
public readonly record struct NetlinkEvent(
    NetlinkEventKind Kind,
    uint PortId,
    LinkMessage? Link = null,
    AddressMessage? Address = null,
    RouteMessage? Route = null,
    NeighbourMessage? Neighbour = null);
