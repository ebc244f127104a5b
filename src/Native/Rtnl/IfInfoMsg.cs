using System.Runtime.InteropServices;

namespace NodeAgent.Native.Rtnl;

/// <summary>struct ifinfomsg of linux/rtnetlink.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct IfInfoMsg
{
    internal const int Size = 16;

    internal AddressFamily Family;
    internal byte Pad;
    internal ushort Type;
    internal int Index;
    internal LinkFlags Flags;
    internal LinkFlags Change;
}
