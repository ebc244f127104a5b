using System.Runtime.InteropServices;
using NodeAgent.Native.Linux;

namespace NodeAgent.Native.Kvm;

/// <summary>A virtual machine; it ends when this and its virtual CPUs are disposed.</summary>
public sealed unsafe class KvmVm : IDisposable
{
    private readonly FileDescriptor _vm;
    private readonly int _runBytes;

    internal KvmVm(FileDescriptor vm, int runBytes)
    {
        _vm = vm;
        _runBytes = runBytes;
    }

    /// <summary>Gives the guest memory of this process, which must be held for as long as the machine lives.</summary>
    /// <param name="address">Where the guest finds it; a multiple of the page size.</param>
    /// <exception cref="KvmException"/>
    public void SetMemory(uint slot, ulong address, MappedMemory memory)
    {
        var region = new kvm_userspace_memory_region { slot = slot, guest_phys_addr = address, memory_size = (ulong)memory.Length, userspace_addr = (ulong)memory.Address };
        if (SysIoctl.ioctl(_vm, KvmIoctl.KVM_SET_USER_MEMORY_REGION, &region) < 0) throw new KvmException("KVM_SET_USER_MEMORY_REGION", Marshal.GetLastPInvokeError());
    }

    /// <exception cref="KvmException"/>
    public KvmVcpu CreateVcpu()
    {
        var number = SysIoctl.ioctl(_vm, KvmIoctl.KVM_CREATE_VCPU, (nuint)0);
        if (number < 0) throw new KvmException("KVM_CREATE_VCPU", Marshal.GetLastPInvokeError());
        var vcpu = new FileDescriptor(number);
        if (MappedMemory.Shared(vcpu, _runBytes) is { } run) return new KvmVcpu(vcpu, run);
        var errno = Marshal.GetLastPInvokeError();
        vcpu.Dispose();
        throw new KvmException("mmap of struct kvm_run", errno);
    }

    public void Dispose() => _vm.Dispose();
}
