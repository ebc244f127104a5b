namespace NodeAgent.Kvm.Model;

/// <summary>Why KVM can or cannot be used, in a word: the label of the metric and the state of the verdict (<see cref="KvmWords"/>).</summary>
public enum KvmReason
{
    /// <summary>A guest ran and came to the right result; or, on another architecture, a VM could be created.</summary>
    Usable,

    /// <summary>A VM can be created; what a guest does in it was not tried out, and KvmProbe.Reason says why.</summary>
    UsableUnproven,

    /// <summary>This architecture or this kernel has no KVM: user-mode Linux.</summary>
    Unsupported,

    /// <summary>The processor has neither VMX nor SVM, or hides it from this virtual machine.</summary>
    NoCpuSupport,

    /// <summary>The processor has it, the firmware keeps it off.</summary>
    FirmwareDisabled,

    /// <summary>The kernel's part is not loaded.</summary>
    ModuleAbsent,

    /// <summary>The kernel's part is there, the file is not.</summary>
    DeviceAbsent,

    /// <summary>/dev/kvm is no character device 10:232.</summary>
    DeviceWrong,

    /// <summary>This process may not open it.</summary>
    NotPermitted,

    /// <summary>Something else holds the processor's virtualization.</summary>
    Busy,

    /// <summary>KVM speaks another version than 12, the only one there is.</summary>
    ApiVersion,

    /// <summary>It answers, and no VM can be created.</summary>
    CreateFailed,

    /// <summary>A VM was created, its guest did not do what it was made for.</summary>
    ProbeFailed,

    /// <summary>The guest or the kernel did not come to an end in time.</summary>
    ProbeTimeout,

    /// <summary>It could not be found out.</summary>
    Unknown,
}
