namespace NodeAgent.Native.Kvm;

/// <summary>linux/kvm.h: KVM_EXIT_…, why a guest stopped.</summary>
public static class KvmExit
{
    public const uint Unknown = 0;
    public const uint Io = 2;
    public const uint Hlt = 5;
    public const uint Mmio = 6;

    /// <summary>A triple fault, or a reset.</summary>
    public const uint Shutdown = 8;

    /// <summary>The processor refused the guest's state.</summary>
    public const uint FailEntry = 9;

    public const uint Intr = 10;
    public const uint InternalError = 17;
    public const uint SystemEvent = 24;

    /// <summary>"KVM_EXIT_SHUTDOWN (a triple fault)"; the number for one without a name here.</summary>
    public static string Name(uint reason) => reason switch
    {
        Unknown => "KVM_EXIT_UNKNOWN (a reason of the processor that KVM does not know)",
        1 => "KVM_EXIT_EXCEPTION",
        Io => "KVM_EXIT_IO (a port)",
        3 => "KVM_EXIT_HYPERCALL",
        4 => "KVM_EXIT_DEBUG",
        Hlt => "KVM_EXIT_HLT (a halt)",
        Mmio => "KVM_EXIT_MMIO (memory that is not there)",
        Shutdown => "KVM_EXIT_SHUTDOWN (a triple fault)",
        FailEntry => "KVM_EXIT_FAIL_ENTRY (the processor refused the guest)",
        Intr => "KVM_EXIT_INTR (a signal)",
        InternalError => "KVM_EXIT_INTERNAL_ERROR (KVM could not carry out an instruction)",
        SystemEvent => "KVM_EXIT_SYSTEM_EVENT",
        _ => $"KVM exit {reason}",
    };
}
