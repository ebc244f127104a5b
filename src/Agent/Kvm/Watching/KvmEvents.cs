using NodeAgent.Native.Netlink;

namespace NodeAgent.Kvm.Watching;

/// <summary>Which events of the kernel may change whether KVM can be used.</summary>
internal static class KvmEvents
{
    /// <summary>
    /// Modules named kvm… that come or go, and the device itself. KVM also tells of each VM that begins or ends (EVENT=create, destroy:
    /// virt/kvm/kvm_main.c), the probe's own included: those are left out.
    /// </summary>
    public static bool Matter(in Uevent uevent)
    {
        if (uevent.Subsystem.SequenceEqual("module"u8)) return uevent.Name.StartsWith("kvm"u8);
        return uevent.Subsystem.SequenceEqual("misc"u8) && uevent.Name.SequenceEqual("kvm"u8) && uevent["EVENT"u8].IsEmpty;
    }
}
