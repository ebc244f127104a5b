using System.Runtime.InteropServices;
using NodeAgent.Native.Netlink;

namespace NodeAgent.Native.Rtnl.Kinds;

/// <summary>A VLAN sub-interface of <see cref="LinkMessage.Link"/>.</summary>
public sealed class Vlan : LinkData
{
    private const int IFLA_VLAN_ID = 1;
    private const int IFLA_VLAN_FLAGS = 2;
    private const int IFLA_VLAN_PROTOCOL = 5;

    /// <summary>ETH_P_8021Q</summary>
    public const ushort Protocol8021Q = 0x8100;

    /// <summary>ETH_P_8021AD</summary>
    public const ushort Protocol8021Ad = 0x88a8;

    public override string Kind => LinkKinds.Vlan;

    /// <summary>0 to 4094; fixed at creation.</summary>
    public ushort? Id { get; set; }

    /// <summary>Fixed at creation; <see cref="Protocol8021Q"/> if not given.</summary>
    public ushort? Protocol { get; set; }

    public VlanFlags? Flags { get; set; }

    /// <summary>Which of <see cref="Flags"/> to set; all, if not given.</summary>
    public VlanFlags? FlagsMask { get; set; }

    public override void Reset()
    {
        Id = null;
        Protocol = null;
        Flags = null;
        FlagsMask = null;
    }

    public override void Decode(AttributeReader reader)
    {
        Reset();
        while (reader.Next())
        {
            switch (reader.Type)
            {
                case IFLA_VLAN_ID: Id = reader.AsUInt16(); break;
                case IFLA_VLAN_PROTOCOL: Protocol = reader.AsUInt16BigEndian(); break;
                case IFLA_VLAN_FLAGS:
                    var flags = reader.Read<FlagsAndMask>();
                    (Flags, FlagsMask) = (flags.Flags, flags.Mask);
                    break;
            }
        }
    }

    public override void Encode(NetlinkWriter writer)
    {
        writer.WriteUInt16(IFLA_VLAN_ID, Id);
        if (Flags is { } flags)
            writer.WriteAttribute(IFLA_VLAN_FLAGS, new FlagsAndMask(flags, FlagsMask ?? (VlanFlags)uint.MaxValue));
        writer.WriteUInt16BigEndian(IFLA_VLAN_PROTOCOL, Protocol);
    }

    /// <summary>struct ifla_vlan_flags</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct FlagsAndMask(VlanFlags Flags, VlanFlags Mask);
}
