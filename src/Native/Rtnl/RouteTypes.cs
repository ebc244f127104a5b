namespace NodeAgent.Native.Rtnl;

/// <summary>RTN_… of linux/rtnetlink.h.</summary>
public enum RouteType : byte
{
    Unspecified = 0,
    Unicast = 1,
    Local = 2,
    Broadcast = 3,
    Anycast = 4,
    Multicast = 5,
    Blackhole = 6,
    Unreachable = 7,
    Prohibit = 8,
    Throw = 9,
}

/// <summary>RT_SCOPE_… of linux/rtnetlink.h; other values are the user's.</summary>
public enum RouteScope : byte
{
    Universe = 0,
    Site = 200,
    Link = 253,
    Host = 254,
    Nowhere = 255,
}

/// <summary>RTPROT_… of linux/rtnetlink.h: who made the route; any number is possible.</summary>
public enum RouteProtocol : byte
{
    Unspecified = 0,
    Redirect = 1,
    Kernel = 2,
    Boot = 3,
    Static = 4,
    RouterAdvertisement = 9,
    Dhcp = 16,
}

/// <summary>RTM_F_… and RTNH_F_… of linux/rtnetlink.h.</summary>
[Flags]
public enum RouteFlags : uint
{
    None = 0,
    Dead = 0x1,
    Pervasive = 0x2,

    /// <summary>The gateway is on the link although no address says so.</summary>
    OnLink = 0x4,
    Offload = 0x8,

    /// <summary>The link has no carrier.</summary>
    LinkDown = 0x10,
    Unresolved = 0x20,
    Notify = 0x100,
    Cloned = 0x200,
    Prefix = 0x800,

    /// <summary>In a lookup: say which table the answer is from.</summary>
    LookupTable = 0x1000,

    /// <summary>In a lookup: answer with the route itself and not with what became of it for this destination.</summary>
    FibMatch = 0x2000,
}

/// <summary>RT_TABLE_… of linux/rtnetlink.h; any other number is possible.</summary>
public static class RouteTable
{
    public const uint Unspecified = 0;
    public const uint Default = 253;
    public const uint Main = 254;
    public const uint Local = 255;
}
