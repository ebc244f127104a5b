using System.Runtime.InteropServices;

namespace NodeAgent.Native.Netlink;

/// <summary>struct nlmsghdr of linux/netlink.h.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct MessageHeader
{
    /// <summary>Bytes of the header itself.</summary>
    public const int Size = 16;

    public uint Length;
    public ushort Type;
    public MessageFlags Flags;
    public uint Sequence;
    public uint PortId;

    public const ushort Noop = 1;
    public const ushort Error = 2;
    public const ushort Done = 3;
    public const ushort Overrun = 4;
}
