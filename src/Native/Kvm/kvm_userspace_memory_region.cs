using System.Runtime.InteropServices;

namespace NodeAgent.Native.Kvm;

/// <summary>linux/kvm.h: 32 bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct kvm_userspace_memory_region
{
    internal uint slot;
    internal uint flags;
    internal ulong guest_phys_addr;

    /// <summary>In bytes, whole pages.</summary>
    internal ulong memory_size;

    internal ulong userspace_addr;
}
