namespace NodeAgent.Native.Rtnl.Kinds;

/// <summary>BOND_STATE_… of linux/if_bonding.h.</summary>
public enum BondPortState : byte
{
    Active = 0,
    Backup = 1,
}

/// <summary>BOND_LINK_… of linux/if_bonding.h.</summary>
public enum BondMiiStatus : byte
{
    Up = 0,

    /// <summary>Without carrier, within the down delay.</summary>
    GoingDown = 1,
    Down = 2,

    /// <summary>With carrier, within the up delay.</summary>
    ComingBack = 3,
}

/// <summary>LACP_STATE_… of linux/if_bonding.h, IEEE 802.1AX.</summary>
[Flags]
public enum LacpPortState : ushort
{
    None = 0,
    Activity = 0x01,

    /// <summary>Short timeout: fast rate.</summary>
    Timeout = 0x02,
    Aggregation = 0x04,
    Synchronization = 0x08,
    Collecting = 0x10,
    Distributing = 0x20,

    /// <summary>No partner was heard: default values are used.</summary>
    Defaulted = 0x40,
    Expired = 0x80,
}
