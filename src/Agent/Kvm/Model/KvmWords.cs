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

    public static string Of(KvmDeviceState state) => state switch
    {
        KvmDeviceState.Open => "open",
        KvmDeviceState.Absent => "absent",
        KvmDeviceState.Wrong => "wrong",
        KvmDeviceState.NotPermitted => "not permitted",
        KvmDeviceState.NoDriver => "no driver",
        KvmDeviceState.Busy => "busy",
        KvmDeviceState.Stuck => "stuck",
        _ => "failed",
    };

    /// <summary>The value whose word it is; a later agent's word is the value that stands for what is not known.</summary>
    public static KvmReason ReasonOf(string word) => Find(word, Of, KvmReason.Unknown);

    public static ProbeOutcome OutcomeOf(string word) => Find(word, Of, ProbeOutcome.NotRun);

    public static CpuVirtualization VirtualizationOf(string? word) => Find(word, Of, CpuVirtualization.Unknown);

    public static FirmwareState FirmwareOf(string word) => Find(word, Of, FirmwareState.Unknown);

    public static KvmModuleState ModuleStateOf(string word) => Find(word, Of, KvmModuleState.Absent);

    public static MitigationState MitigationOf(string word) => Find(word, Of, MitigationState.Unknown);

    public static KvmDeviceState DeviceStateOf(string word) => Find(word, Of, KvmDeviceState.Failed);

    private static T Find<T>(string? word, Func<T, string?> wordOf, T otherwise)
        where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
        {
            if (wordOf(value) == word) return value;
        }

        return otherwise;
    }
}
