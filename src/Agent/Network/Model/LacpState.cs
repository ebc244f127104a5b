namespace NodeAgent.Network.Model;

/// <summary>One end's state of an LACP port: LACP_STATE_… of linux/if_bonding.h, IEEE 802.1AX 6.4.2.3.</summary>
[Flags]
public enum LacpState : byte
{
    None = 0,

    /// <summary>It speaks unasked.</summary>
    Activity = 0x01,

    /// <summary>It wants to hear its partner each second (fast rate) instead of each 30 s.</summary>
    Timeout = 0x02,

    /// <summary>It may be aggregated with others.</summary>
    Aggregation = 0x04,

    /// <summary>It is in the aggregator it belongs to.</summary>
    Synchronization = 0x08,

    /// <summary>It takes frames.</summary>
    Collecting = 0x10,

    /// <summary>It sends frames.</summary>
    Distributing = 0x20,

    /// <summary>It has heard no partner and uses default values.</summary>
    Defaulted = 0x40,

    /// <summary>Its partner has just stopped speaking.</summary>
    Expired = 0x80,
}
