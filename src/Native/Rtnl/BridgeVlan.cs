using System.Runtime.InteropServices;
using NodeAgent.Native.Netlink;

namespace NodeAgent.Native.Rtnl;

/// <summary>BRIDGE_VLAN_INFO_… of linux/if_bridge.h, less the two that mark ranges.</summary>
[Flags]
public enum BridgeVlanFlags : ushort
{
    None = 0,

    /// <summary>On an entry of the bridge itself.</summary>
    Master = 0x01,

    /// <summary>Untagged frames that come in belong to it; one VLAN per port.</summary>
    Pvid = 0x02,

    /// <summary>Leaves untagged.</summary>
    Untagged = 0x04,
    BridgeEntry = 0x20,
    OnlyOptions = 0x40,
}

/// <summary>The VLANs from <see cref="First"/> to <see cref="Last"/> of a bridge port, with the same flags: one entry however many there are.</summary>
public readonly record struct BridgeVlan(ushort First, ushort Last, BridgeVlanFlags Flags = BridgeVlanFlags.None)
{
    internal const int IFLA_BRIDGE_FLAGS = 0;
    internal const int IFLA_BRIDGE_MODE = 1;
    internal const int IFLA_BRIDGE_VLAN_INFO = 2;

    /// <summary>Highest VLAN id; 4095 is reserved.</summary>
    public const ushort MaxId = 4094;

    private const ushort RangeBegin = 0x08;
    private const ushort RangeEnd = 0x10;

    public BridgeVlan(ushort id, BridgeVlanFlags flags = BridgeVlanFlags.None)
        : this(id, id, flags)
    {
    }

    public int Count => Last - First + 1;

    /// <summary>Appends the ranges of a bridge's IFLA_AF_SPEC. An end without a beginning counts as one VLAN, as the kernel reads it.</summary>
    internal static void Decode(AttributeReader reader, List<BridgeVlan> vlans)
    {
        ushort? begin = null;
        while (reader.Next())
        {
            if (reader.Type != IFLA_BRIDGE_VLAN_INFO)
                continue;
            var info = reader.Read<Info>();
            if ((info.Flags & RangeBegin) != 0)
            {
                begin = info.Id;
                continue;
            }

            var first = (info.Flags & RangeEnd) != 0 && begin <= info.Id ? begin.Value : info.Id;
            begin = null;
            vlans.Add(new BridgeVlan(first, info.Id, (BridgeVlanFlags)(info.Flags & ~RangeEnd)));
        }
    }

    internal void Encode(NetlinkWriter writer)
    {
        if (First > Last || Last > MaxId)
            throw new ArgumentException($"VLAN range {First}-{Last}: expected ids from 0 to {MaxId}, the first not above the last.");
        if (First == Last)
        {
            writer.WriteAttribute(IFLA_BRIDGE_VLAN_INFO, new Info((ushort)Flags, First));
            return;
        }

        if ((Flags & BridgeVlanFlags.Pvid) != 0)
            throw new ArgumentException($"VLAN range {First}-{Last} with the PVID flag: a port has one PVID, give that id its own entry.");
        writer.WriteAttribute(IFLA_BRIDGE_VLAN_INFO, new Info((ushort)((ushort)Flags | RangeBegin), First));
        writer.WriteAttribute(IFLA_BRIDGE_VLAN_INFO, new Info((ushort)((ushort)Flags | RangeEnd), Last));
    }

    public override string ToString()
    {
        var ids = First == Last ? $"{First}" : $"{First}-{Last}";
        return Flags == BridgeVlanFlags.None ? ids : $"{ids} ({Flags})";
    }

    /// <summary>struct bridge_vlan_info</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Info(ushort Flags, ushort Id);
}
