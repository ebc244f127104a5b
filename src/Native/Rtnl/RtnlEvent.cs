using NodeAgent.Native.Netlink;

namespace NodeAgent.Native.Rtnl;

/// <summary>A change the kernel announced. The message belongs to the receiver of the event.</summary>
/// <param name="PortId">
/// The netlink address of whoever asked for the change (<see cref="NetlinkConnection.PortId"/>; for a program's first socket
/// its process id); 0 where the kernel does not say, as it does for addresses and routes but not for links.
/// </param>
public readonly record struct RtnlEvent(
    RtnlEventKind Kind,
    uint PortId,
    LinkMessage? Link = null,
    AddressMessage? Address = null,
    RouteMessage? Route = null,
    NeighbourMessage? Neighbour = null);
