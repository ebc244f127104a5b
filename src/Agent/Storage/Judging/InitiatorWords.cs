namespace NodeAgent.Storage.Judging;

/// <summary>What the states of adapters, sessions and their far ends mean.</summary>
public static class InitiatorWords
{
    /// <summary>It carries I/O: an FC port or remote port "Online", an iSCSI session "LOGGED_IN", an NVMe controller "live" or a path its ANA state lets through, a SCSI host "running". Null where the state is not known.</summary>
    public static bool? IsUp(string? state) => string.IsNullOrEmpty(state) ? null : state is "Online" or "LOGGED_IN" or "live" or "running" or "optimized" or "non-optimized";
}
