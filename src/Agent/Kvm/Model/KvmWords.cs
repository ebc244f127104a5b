namespace NodeAgent.Kvm.Model;

/// <summary>The words of the API, of JSON and of metrics. They are a contract.</summary>
public static class KvmWords
{
    public static string Of(KvmReason reason) => reason switch
    {
        KvmReason.Usable => "usable",
        KvmReason.UsableUnproven => "usable unproven",
        KvmReason.Unsupported => "unsupported",
        KvmReason.NoCpuSupport => "no cpu support",
        KvmReason.FirmwareDisabled => "firmware disabled",
        KvmReason.ModuleAbsent => "module absent",
        KvmReason.DeviceAbsent => "device absent",
        KvmReason.DeviceWrong => "device wrong",
        KvmReason.NotPermitted => "not permitted",
        KvmReason.Busy => "busy",
        KvmReason.ApiVersion => "api version",
        KvmReason.CreateFailed => "create failed",
        KvmReason.ProbeFailed => "probe failed",
        KvmReason.ProbeTimeout => "probe timeout",
        _ => "unknown",
    };

    public static string Of(ProbeOutcome outcome) => outcome switch
    {
        ProbeOutcome.Passed => "passed",
        ProbeOutcome.Failed => "failed",
        ProbeOutcome.Timeout => "timeout",
        _ => "not run",
    };

    /// <summary>Null where the flags could not be read.</summary>
    public static string? Of(CpuVirtualization virtualization) => virtualization switch
    {
        CpuVirtualization.Vmx => "vmx",
        CpuVirtualization.Svm => "svm",
        CpuVirtualization.None => "none",
        _ => null,
    };

    public static string Of(FirmwareState state) => state switch
    {
        FirmwareState.Enabled => "enabled",
        FirmwareState.Disabled => "disabled",
        _ => "unknown",
    };

    public static string Of(KvmModuleState state) => state switch
    {
        KvmModuleState.Loaded => "loaded",
        KvmModuleState.BuiltIn => "built in",
        _ => "absent",
    };

    public static string Of(MitigationState state) => state switch
    {
        MitigationState.NotAffected => "not affected",
        MitigationState.Mitigated => "mitigated",
        MitigationState.Vulnerable => "vulnerable",
        _ => "unknown",
    };
}
