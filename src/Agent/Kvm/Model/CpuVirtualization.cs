namespace NodeAgent.Kvm.Model;

/// <summary>The processor's own help for virtual machines.</summary>
public enum CpuVirtualization
{
    /// <summary>/proc/cpuinfo could not be read or has no flags.</summary>
    Unknown,

    /// <summary>Neither flag: the processor has none, the firmware hides it, or a hypervisor does.</summary>
    None,

    /// <summary>Intel VT-x</summary>
    Vmx,

    /// <summary>AMD-V</summary>
    Svm,
}
