using NodeAgent.Native.Netlink;

namespace NodeAgent.Native.Rtnl.Kinds;

/// <summary>A macvlan, or a macvtap: the same attributes under another kind name.</summary>
public sealed class Macvlan : LinkData
{
    private const int IFLA_MACVLAN_MODE = 1;
    private const int IFLA_MACVLAN_FLAGS = 2;
    private const int IFLA_MACVLAN_MACADDR_COUNT = 6;
    private const int IFLA_MACVLAN_BC_QUEUE_LEN = 7;
    private const int IFLA_MACVLAN_BC_QUEUE_LEN_USED = 8;

    public override string Kind => LinkKinds.Macvlan;

    public MacvlanMode? Mode { get; set; }

    /// <summary>1: do not make the base promiscuous; 2: skip the destination if the source matches.</summary>
    public ushort? Flags { get; set; }

    /// <summary>Read only; of source mode.</summary>
    public uint? SourceAddressCount { get; set; }

    /// <summary>Linux 5.11</summary>
    public uint? BroadcastQueueLength { get; set; }

    /// <summary>Read only; the longest any macvlan of the base asked for.</summary>
    public uint? BroadcastQueueLengthUsed { get; set; }

    public override void Reset()
    {
        Mode = null;
        Flags = null;
        SourceAddressCount = null;
        BroadcastQueueLength = null;
        BroadcastQueueLengthUsed = null;
    }

    public override void Decode(AttributeReader reader)
    {
        Reset();
        while (reader.Next())
        {
            switch (reader.Type)
            {
                case IFLA_MACVLAN_MODE: Mode = (MacvlanMode)reader.AsUInt32(); break;
                case IFLA_MACVLAN_FLAGS: Flags = reader.AsUInt16(); break;
                case IFLA_MACVLAN_MACADDR_COUNT: SourceAddressCount = reader.AsUInt32(); break;
                case IFLA_MACVLAN_BC_QUEUE_LEN: BroadcastQueueLength = reader.AsUInt32(); break;
                case IFLA_MACVLAN_BC_QUEUE_LEN_USED: BroadcastQueueLengthUsed = reader.AsUInt32(); break;
            }
        }
    }

    public override void Encode(NetlinkWriter writer)
    {
        writer.WriteUInt32(IFLA_MACVLAN_MODE, (uint?)Mode);
        writer.WriteUInt16(IFLA_MACVLAN_FLAGS, Flags);
        writer.WriteUInt32(IFLA_MACVLAN_MACADDR_COUNT, SourceAddressCount);
        writer.WriteUInt32(IFLA_MACVLAN_BC_QUEUE_LEN, BroadcastQueueLength);
        writer.WriteUInt32(IFLA_MACVLAN_BC_QUEUE_LEN_USED, BroadcastQueueLengthUsed);
    }
}
