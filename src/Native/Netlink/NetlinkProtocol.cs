namespace NodeAgent.Native.Netlink;

/// <summary>NETLINK_… families of linux/netlink.h.</summary>
public enum NetlinkProtocol
{
    Route = 0,
    Connector = 11,
    KObjectUEvent = 15,
    Generic = 16,
}
