using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NodeAgent.Native.Linux;

namespace NodeAgent.Native.Kvm;

/// <summary>A virtual CPU, for the one thread that runs it. Registers are those of x86.</summary>
public sealed unsafe class KvmVcpu : IDisposable
{
    // Offsets in struct kvm_run.
    private const int ExitReasonAt = 8;
    private const int ExitAt = 32;

    private readonly FileDescriptor _vcpu;
    private readonly MappedMemory _run;

    internal KvmVcpu(FileDescriptor vcpu, MappedMemory run)
    {
        _vcpu = vcpu;
        _run = run;
    }

    /// <summary>Why <see cref="Run"/> came back last: one of <see cref="KvmExit"/>.</summary>
    public uint ExitReason => Field<uint>(ExitReasonAt);

    /// <summary>After <see cref="KvmExit.Io"/>: what the guest wrote or reads.</summary>
    public KvmIo Io => new(
        Field<byte>(ExitAt) == 1,
        Field<byte>(ExitAt + 1),
        Field<ushort>(ExitAt + 2),
        Field<ulong>(ExitAt + 8) is var at && at <= (ulong)(_run.Length - sizeof(uint)) ? Field<uint>((int)at) : 0);

    /// <summary>After <see cref="KvmExit.InternalError"/> its suberror, after <see cref="KvmExit.FailEntry"/> the hardware's reason.</summary>
    public uint Detail => Field<uint>(ExitAt);

    /// <summary>kHz of the guest's time stamp counter; null where this KVM does not say.</summary>
    public int? GetTscKhz() => SysIoctl.ioctl(_vcpu, KvmIoctl.KVM_GET_TSC_KHZ, (nuint)0) is > 0 and var khz ? khz : null;

    /// <exception cref="KvmException"/>
    public kvm_regs GetRegs()
    {
        kvm_regs regs;
        Ask("KVM_GET_REGS", KvmIoctl.KVM_GET_REGS, &regs);
        return regs;
    }

    /// <exception cref="KvmException"/>
    public void SetRegs(kvm_regs regs) => Ask("KVM_SET_REGS", KvmIoctl.KVM_SET_REGS, &regs);

    /// <exception cref="KvmException"/>
    public kvm_sregs GetSregs()
    {
        kvm_sregs sregs;
        Ask("KVM_GET_SREGS", KvmIoctl.KVM_GET_SREGS, &sregs);
        return sregs;
    }

    /// <exception cref="KvmException"/>
    public void SetSregs(kvm_sregs sregs) => Ask("KVM_SET_SREGS", KvmIoctl.KVM_SET_SREGS, &sregs);

    /// <summary>
    /// What the thread blocks while it runs the guest, in place of its own mask. A signal that is blocked outside and let through here ends
    /// <see cref="Run"/> with false and is never handled: nothing is lost where it comes just before, and no handler is needed.
    /// </summary>
    /// <param name="blocked">Bit 0 is signal 1.</param>
    /// <exception cref="KvmException"/>
    public void SetSignalMask(ulong blocked)
    {
        // struct kvm_signal_mask: the length of a signal set of the kernel, and the set.
        var mask = stackalloc byte[sizeof(uint) + Signal.KernelSetBytes];
        Unsafe.WriteUnaligned(mask, (uint)Signal.KernelSetBytes);
        Unsafe.WriteUnaligned(mask + sizeof(uint), blocked);
        Ask("KVM_SET_SIGNAL_MASK", KvmIoctl.KVM_SET_SIGNAL_MASK, mask);
    }

    /// <summary>Runs the guest until it needs something. False: a signal ended it, and it may be run on.</summary>
    /// <exception cref="KvmException"/>
    public bool Run()
    {
        if (SysIoctl.ioctl(_vcpu, KvmIoctl.KVM_RUN, (nuint)0) >= 0) return true;
        var errno = Marshal.GetLastPInvokeError();
        return errno == Errno.EINTR ? false : throw new KvmException("KVM_RUN", errno);
    }

    public void Dispose()
    {
        _run.Dispose();
        _vcpu.Dispose();
    }

    private void Ask(string operation, nuint request, void* argument)
    {
        if (SysIoctl.ioctl(_vcpu, request, argument) < 0) throw new KvmException(operation, Marshal.GetLastPInvokeError());
    }

    private T Field<T>(int offset)
        where T : unmanaged => MemoryMarshal.Read<T>(_run.Span[offset..]);
}
