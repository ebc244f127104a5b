using System.Runtime.InteropServices;

namespace NodeAgent.Native.Kvm;

/// <summary>asm/kvm.h, x86: a segment register with its hidden part, 24 bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct kvm_segment
{
    public ulong @base;
    public uint limit;
    public ushort selector;
    public byte type;
    public byte present, dpl, db, s, l, g, avl;
    public byte unusable;
    public byte padding;
}
