using System.Runtime.InteropServices;

namespace NodeAgent.Native.Rtnl;

/// <summary>IFA_F_… of linux/if_addr.h.</summary>
[Flags]
public enum InterfaceAddressFlags : uint
{
    None = 0,

    /// <summary>IPv4: another address of the same prefix came first. IPv6: temporary.</summary>
    Secondary = 0x01,

    /// <summary>IPv6: use without duplicate address detection.</summary>
    NoDad = 0x02,
    Optimistic = 0x04,
    DadFailed = 0x08,
    HomeAddress = 0x10,
    Deprecated = 0x20,
    Tentative = 0x40,

    /// <summary>Static, without lifetime.</summary>
    Permanent = 0x80,
    ManageTemporary = 0x100,
    NoPrefixRoute = 0x200,
    MulticastAutoJoin = 0x400,
    StablePrivacy = 0x800,
}

/// <summary>struct ifa_cacheinfo: seconds left (uint.MaxValue for ever), and when it was created and changed, in hundredths of a second since boot.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct AddressLifetime(uint Preferred, uint Valid, uint Created = 0, uint Updated = 0)
{
    public const uint Forever = uint.MaxValue;
}
