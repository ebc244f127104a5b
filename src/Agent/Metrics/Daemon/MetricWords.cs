using NodeAgent.Network.Applying;

namespace NodeAgent.Metrics.Daemon;

/// <summary>What label values say for outcomes and reasons.</summary>
internal static class MetricWords
{
    public static string Of(ApplyOutcome outcome) => outcome switch
    {
        ApplyOutcome.Committed => "committed",
        ApplyOutcome.NothingToDo => "nothing_to_do",
        ApplyOutcome.Refused => "refused",
        ApplyOutcome.RolledBack => "rolled_back",
        ApplyOutcome.Invalid => "invalid",
        _ => "failed",
    };

    public static string Of(RollbackReason reason) => reason switch
    {
        RollbackReason.Kernel => "kernel",
        RollbackReason.Verification => "verification",
        RollbackReason.Probe => "probe",
        RollbackReason.NotConfirmed => "not_confirmed",
        RollbackReason.Asked => "asked",
        RollbackReason.Interrupted => "interrupted",
        _ => "storage",
    };
}
