namespace NodeAgent.Kvm.Model;

/// <summary>The extensions that are asked for: those that decide about the size of guests, their migration, their time and their devices.</summary>
public static class KvmExtensions
{
    /// <summary>In the order in which people want to see them. Numbers are those of linux/kvm.h.</summary>
    public static readonly IReadOnlyList<KvmExtensionKind> All =
    [
        new("NR_VCPUS", 9, "vCPUs a guest should have at most", true),
        new("MAX_VCPUS", 66, "vCPUs a guest can have at most", true),
        new("MAX_VCPU_ID", 128, "largest number of a vCPU, and one", true),
        new("NR_MEMSLOTS", 10, "regions of memory a guest can have", true),
        new("DIRTY_LOG_RING", 192, "bytes of a dirty ring at most: pages written are told one by one (migration)", true),
        new("DIRTY_LOG_RING_ACQ_REL", 223, "the same, for every memory model", true),
        new("DIRTY_LOG_RING_WITH_BITMAP", 225, "a dirty ring with a bitmap beside it", false),
        new("MANUAL_DIRTY_LOG_PROTECT2", 168, "the dirty log is protected when asked to, in parts (migration)", true),
        new("BINARY_STATS_FD", 203, "statistics of a guest as one file", true),
        new("IMMEDIATE_EXIT", 136, "a vCPU can be stopped without a signal", true),
        new("TSC_CONTROL", 60, "guests can have another time stamp counter rate", true),
        new("GET_TSC_KHZ", 61, "the rate of the time stamp counter can be asked for", true),
        new("VM_TSC_CONTROL", 214, "that rate can be set for a whole guest", false),
        new("TSC_DEADLINE_TIMER", 72, "timers by the time stamp counter", false),
        new("X2APIC_API", 129, "more than 255 vCPUs", true),
        new("NESTED_STATE", 157, "guests with guests of their own can be migrated", true),
        new("IRQCHIP", 0, "interrupt controllers in the kernel", true),
        new("SPLIT_IRQCHIP", 121, "only the local one in the kernel", false),
        new("IRQFD", 32, "interrupts by event descriptors (vhost)", true),
        new("IOEVENTFD", 36, "doorbells by event descriptors (vhost)", true),
        new("SYNC_MMU", 16, "memory of guests can be swapped, merged and moved", true),
        new("USER_MEMORY", 3, "memory of guests is memory of a process", false),
        new("READONLY_MEM", 81, "read-only memory (UEFI)", false),
        new("MULTI_ADDRESS_SPACE", 118, "address spaces", false),
        new("X86_SMM", 117, "system management mode (UEFI secure boot)", true),
        new("XSAVE", 55, "extended state can be saved", false),
        new("XSAVE2", 208, "bytes of extended state with AMX", false),
        new("XCRS", 56, "extended control registers", false),
        new("SREGS2", 200, "special registers of the second kind", false),
        new("VCPU_EVENTS", 41, "pending events can be saved", false),
        new("DEBUGREGS", 50, "debug registers", false),
        new("MP_STATE", 14, "state of vCPUs among each other", false),
        new("MCE", 31, "machine checks: banks", true),
        new("PIT2", 33, "timer chip in the kernel", false),
        new("PIT_STATE2", 35, "its state", false),
        new("ADJUST_CLOCK", 39, "the guest's clock: flags", false),
        new("KVMCLOCK_CTRL", 76, "paused guests are told", false),
        new("STEAL_TIME", 187, "stolen time", false),
        new("ASYNC_PF", 59, "page faults of guests wait beside", false),
        new("ASYNC_PF_INT", 183, "the same, by interrupt", false),
        new("HYPERV", 44, "Hyper-V's interface (Windows guests)", true),
        new("HYPERV_TIME", 96, "its clock", false),
        new("HYPERV_SYNIC2", 148, "its interrupt controller", false),
        new("HYPERV_VP_INDEX", 149, "its numbers of vCPUs", false),
        new("HYPERV_TLBFLUSH", 155, "its TLB flush", false),
        new("HYPERV_SEND_IPI", 161, "its interrupts between vCPUs", false),
        new("HYPERV_ENLIGHTENED_VMCS", 163, "nested Hyper-V: version", false),
        new("HYPERV_CPUID", 167, "its features can be asked for", false),
        new("XEN_HVM", 38, "Xen's interface: flags", false),
        new("GET_MSR_FEATURES", 153, "features in registers can be asked for", false),
        new("X86_USER_SPACE_MSR", 188, "registers by the process: flags", false),
        new("X86_MSR_FILTER", 189, "filter of registers", false),
        new("X86_DISABLE_EXITS", 143, "exits that can be left out: flags (realtime guests)", false),
        new("X86_BUS_LOCK_EXIT", 193, "bus locks are told: flags", false),
        new("X86_NOTIFY_VMEXIT", 219, "guests that hold a processor are told", false),
        new("X86_TRIPLE_FAULT_EVENT", 218, "a pending triple fault can be saved", false),
        new("PMU_CAPABILITY", 212, "performance counters can be turned off", false),
        new("PMU_EVENT_FILTER", 173, "filter of performance counters", false),
        new("HALT_POLL", 182, "polling before a halt, for each guest", false),
        new("EXIT_HYPERCALL", 201, "calls given to the process: flags", false),
        new("EXIT_ON_EMULATION_FAILURE", 204, "what cannot be emulated is told", false),
        new("DISABLE_QUIRKS2", 213, "quirks that can be turned off: flags", false),
        new("SGX_ATTRIBUTE", 196, "SGX", false),
        new("VM_COPY_ENC_CONTEXT_FROM", 197, "keys can be shared (SEV)", false),
        new("VM_MOVE_ENC_CONTEXT_FROM", 206, "keys can be moved (SEV)", false),
        new("VM_DISABLE_NX_HUGE_PAGES", 220, "guests can be trusted with executable large pages", false),
        new("VM_GPA_BITS", 207, "bits of a guest's address", false),
        new("SMALLER_MAXPHYADDR", 185, "guests can have fewer bits of address", false),
        new("GUEST_MEMFD", 234, "memory that only the guest sees", false),
        new("MEMORY_ATTRIBUTES", 233, "attributes of memory: flags", false),
        new("VM_TYPES", 235, "types of machines: flags (SEV, TDX)", false),
        new("COALESCED_PIO", 162, "ports that are told later", false),
        new("PTP_KVM", 198, "the host's clock for guests", false),
        new("SYS_ATTRIBUTES", 209, "attributes of the whole", false),
        new("CHECK_EXTENSION_VM", 105, "extensions can be asked of a machine", false),
    ];

    /// <summary>Null for one that is not among them.</summary>
    public static KvmExtensionKind? Of(string name)
    {
        foreach (var kind in All)
        {
            if (kind.Name == name) return kind;
        }

        return null;
    }
}
