namespace NodeAgent.Native.Netlink;

/// <summary>NLM_F_… of linux/netlink.h. The bits from 0x100 up mean one thing on a get, another on a new, a third on an acknowledgement.</summary>
[Flags]
public enum MessageFlags : ushort
{
    None = 0,
    Request = 0x01,
    Multi = 0x02,
    Ack = 0x04,
    Echo = 0x08,

    /// <summary>The kernel's tables changed between two parts of a dump: what was read belongs to no single moment.</summary>
    DumpInterrupted = 0x10,
    DumpFiltered = 0x20,

    Root = 0x100,
    Match = 0x200,
    Dump = Root | Match,

    Replace = 0x100,
    Exclusive = 0x200,
    Create = 0x400,
    Append = 0x800,

    /// <summary>On an acknowledgement: the request is not repeated in it (NETLINK_CAP_ACK).</summary>
    Capped = 0x100,

    /// <summary>On an acknowledgement: attributes follow (NETLINK_EXT_ACK).</summary>
    AckAttributes = 0x200,
}
