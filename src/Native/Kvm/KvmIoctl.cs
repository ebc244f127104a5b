namespace NodeAgent.Native.Kvm;

/// <summary>linux/kvm.h: the requests used here, as _IO, _IOR and _IOW of KVMIO (0xAE) make them; https://docs.kernel.org/virt/kvm/api.html.</summary>
internal static class KvmIoctl
{
    /// <summary>System: no argument, the version.</summary>
    internal const nuint KVM_GET_API_VERSION = 0xAE00;

    /// <summary>System: the machine type (0), a descriptor.</summary>
    internal const nuint KVM_CREATE_VM = 0xAE01;

    /// <summary>System: a KVM_CAP_ number; 0, 1 or more.</summary>
    internal const nuint KVM_CHECK_EXTENSION = 0xAE03;

    /// <summary>System: no argument, bytes of struct kvm_run and what follows it.</summary>
    internal const nuint KVM_GET_VCPU_MMAP_SIZE = 0xAE04;

    /// <summary>VM: the vCPU's number, a descriptor.</summary>
    internal const nuint KVM_CREATE_VCPU = 0xAE41;

    /// <summary>VM: <see cref="kvm_userspace_memory_region"/></summary>
    internal const nuint KVM_SET_USER_MEMORY_REGION = 0x4020AE46;

    /// <summary>vCPU: no argument.</summary>
    internal const nuint KVM_RUN = 0xAE80;

    /// <summary>vCPU, x86: <see cref="kvm_regs"/></summary>
    internal const nuint KVM_GET_REGS = 0x8090AE81;

    internal const nuint KVM_SET_REGS = 0x4090AE82;

    /// <summary>vCPU, x86: <see cref="kvm_sregs"/></summary>
    internal const nuint KVM_GET_SREGS = 0x8138AE83;

    internal const nuint KVM_SET_SREGS = 0x4138AE84;

    /// <summary>vCPU: struct kvm_signal_mask, a length and as many bytes.</summary>
    internal const nuint KVM_SET_SIGNAL_MASK = 0x4004AE8B;

    /// <summary>vCPU, x86: no argument, kHz.</summary>
    internal const nuint KVM_GET_TSC_KHZ = 0xAEA3;
}
