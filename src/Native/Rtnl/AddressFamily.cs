namespace NodeAgent.Native.Rtnl;

/// <summary>AF_… of sys/socket.h, as far as rtnetlink uses them.</summary>
public enum AddressFamily : byte
{
    Unspecified = 0,
    Inet = 2,

    /// <summary>AF_BRIDGE: ports and their VLANs in link messages, the forwarding database in neighbour messages.</summary>
    Bridge = 7,
    Inet6 = 10,
}
