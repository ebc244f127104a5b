namespace NodeAgent.Native.Rtnl.Kinds;

/// <summary>VLAN_FLAG_… of linux/if_vlan.h.</summary>
[Flags]
public enum VlanFlags : uint
{
    None = 0,
    ReorderHeader = 0x1,
    Gvrp = 0x2,

    /// <summary>Does not follow the base's operational state.</summary>
    LooseBinding = 0x4,
    Mvrp = 0x8,

    /// <summary>Of a VLAN over a bridge: follows the ports that carry the VLAN.</summary>
    BridgeBinding = 0x10,
}
