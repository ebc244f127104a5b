using System.Runtime.InteropServices;
using NodeAgent.Native.Linux;

namespace NodeAgent.Native.Kvm;

/// <summary>/dev/kvm: https://docs.kernel.org/virt/kvm/api.html.</summary>
public sealed class KvmSystem : IDisposable
{
    /// <summary>The only version there is since Linux 2.6.22.</summary>
    public const int ApiVersion = 12;

    private readonly FileDescriptor _device;

    private KvmSystem(FileDescriptor device) => _device = device;

    /// <summary>Null where it cannot be opened, with the reason in <paramref name="errno"/>.</summary>
    public static KvmSystem? TryOpen(string path, out int errno)
    {
        var device = Fcntl.open(path, Fcntl.O_RDWR | Fcntl.O_CLOEXEC | Fcntl.O_NONBLOCK);
        errno = device.IsInvalid ? Marshal.GetLastPInvokeError() : 0;
        if (!device.IsInvalid) return new KvmSystem(device);
        device.Dispose();
        return null;
    }

    /// <exception cref="KvmException">It is no KVM.</exception>
    public int GetApiVersion() => Ask("KVM_GET_API_VERSION", KvmIoctl.KVM_GET_API_VERSION, 0);

    /// <param name="capability">A KVM_CAP_ number.</param>
    /// <returns>0 for what this kernel does not know.</returns>
    /// <exception cref="KvmException"/>
    public int CheckExtension(int capability) => Ask("KVM_CHECK_EXTENSION", KvmIoctl.KVM_CHECK_EXTENSION, (nuint)capability);

    /// <exception cref="KvmException">EBUSY where another hypervisor holds the processor.</exception>
    public KvmVm CreateVm()
    {
        // The first question has no side effects; without a machine its answer is of no use, so it comes first.
        var runBytes = Ask("KVM_GET_VCPU_MMAP_SIZE", KvmIoctl.KVM_GET_VCPU_MMAP_SIZE, 0);
        return new KvmVm(new FileDescriptor(Ask("KVM_CREATE_VM", KvmIoctl.KVM_CREATE_VM, 0)), runBytes);
    }

    public void Dispose() => _device.Dispose();

    private int Ask(string operation, nuint request, nuint argument)
    {
        while (true)
        {
            var answer = SysIoctl.ioctl(_device, request, argument);
            if (answer >= 0) return answer;
            // A new VM takes memory and locks, in waits that a signal ends.
            if (Marshal.GetLastPInvokeError() is var errno && errno != Errno.EINTR) throw new KvmException(operation, errno);
        }
    }
}
