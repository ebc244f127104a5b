namespace NodeAgent.Native.Rtnl;

/// <summary>IFF_… of linux/if.h.</summary>
[Flags]
public enum LinkFlags : uint
{
    None = 0,
    Up = 0x1,
    Broadcast = 0x2,
    Loopback = 0x8,
    PointToPoint = 0x10,

    /// <summary>Operationally up, see RFC 2863.</summary>
    Running = 0x40,
    NoArp = 0x80,
    Promiscuous = 0x100,
    AllMulticast = 0x200,

    /// <summary>A bond.</summary>
    Master = 0x400,

    /// <summary>A port of a bond.</summary>
    Slave = 0x800,
    Multicast = 0x1000,

    /// <summary>Has carrier.</summary>
    LowerUp = 0x10000,
    Dormant = 0x20000,
}

/// <summary>IF_OPER_… of linux/if.h, RFC 2863.</summary>
public enum OperState : byte
{
    Unknown = 0,
    NotPresent = 1,
    Down = 2,
    LowerLayerDown = 3,
    Testing = 4,
    Dormant = 5,
    Up = 6,
}
