using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace NodeAgent.Native.Rtnl.Kinds;

/// <summary>struct ifla_vxlan_port_range: two ports in network byte order.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct VxlanPortRange
{
    private readonly ushort _low, _high;

    public VxlanPortRange(ushort low, ushort high) => (_low, _high) = (Swap(low), Swap(high));

    public ushort Low => Swap(_low);

    public ushort High => Swap(_high);

    public override string ToString() => $"{Low}-{High}";

    private static ushort Swap(ushort port) => BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(port) : port;
}
