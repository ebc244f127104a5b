namespace NodeAgent.Native.Rtnl.Kinds;

/// <summary>BOND_MODE_… of linux/if_bonding.h.</summary>
public enum BondMode : byte
{
    BalanceRoundRobin = 0,
    ActiveBackup = 1,
    BalanceXor = 2,
    Broadcast = 3,
    Ieee8023ad = 4,
    BalanceTlb = 5,
    BalanceAlb = 6,
}

/// <summary>arp_validate: what is checked (active 1, backup 2), and whether other traffic counts (filter 4).</summary>
public enum BondArpValidate : uint
{
    None = 0,
    Active = 1,
    Backup = 2,
    All = 3,
    Filter = 4,
    FilterActive = 5,
    FilterBackup = 6,
}

public enum BondArpAllTargets : uint
{
    Any = 0,
    All = 1,
}

public enum BondPrimaryReselect : byte
{
    Always = 0,
    Better = 1,
    Failure = 2,
}

public enum BondFailOverMac : byte
{
    None = 0,
    Active = 1,
    Follow = 2,
}

/// <summary>BOND_XMIT_POLICY_… of linux/if_bonding.h.</summary>
public enum BondTransmitHashPolicy : byte
{
    Layer2 = 0,
    Layer34 = 1,
    Layer23 = 2,
    Encap23 = 3,
    Encap34 = 4,
    VlanSourceMac = 5,
}

public enum BondLacpRate : byte
{
    Slow = 0,
    Fast = 1,
}

/// <summary>How the active aggregator is chosen.</summary>
public enum BondAdSelect : byte
{
    Stable = 0,
    Bandwidth = 1,
    Count = 2,

    /// <summary>Linux 6.18</summary>
    ActorPortPriority = 3,
}
