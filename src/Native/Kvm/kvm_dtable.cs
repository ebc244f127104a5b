using System.Runtime.InteropServices;

namespace NodeAgent.Native.Kvm;

/// <summary>asm/kvm.h, x86: a descriptor table register, 16 bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct kvm_dtable
{
    public ulong @base;
    public ushort limit;
    private readonly ushort padding0, padding1, padding2;
}
