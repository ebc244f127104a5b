namespace NodeAgent.Network.Model;

/// <summary>How a bond's own monitoring (MII or ARP) sees one of its ports: BOND_LINK_… of linux/if_bonding.h.</summary>
public enum LinkMonitorState
{
    Up,

    /// <summary>Without carrier, within the down delay.</summary>
    GoingDown,
    Down,

    /// <summary>With carrier, within the up delay.</summary>
    ComingBack,
}
