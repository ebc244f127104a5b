namespace NodeAgent.Migration.Model;

/// <summary>What follows from a phase.</summary>
public static class MigrationPhases
{
    /// <summary>Nothing more comes.</summary>
    public static bool IsTerminal(this MigrationPhase phase) => phase is MigrationPhase.Completed or MigrationPhase.Failed or MigrationPhase.Cancelled;

    /// <summary>The guest runs on the destination.</summary>
    public static bool IsPostcopy(this MigrationPhase phase) =>
        phase is MigrationPhase.PostcopyActive or MigrationPhase.PostcopyPaused or MigrationPhase.PostcopyRecover;

    /// <summary>The phase for a status of QEMU's query-migrate or MIGRATION event (qapi/migration.json, MigrationStatus); null for one we do not know.</summary>
    public static MigrationPhase? OfQemu(string status) => status switch
    {
        "none" => MigrationPhase.None,
        "setup" or "wait-unplug" => MigrationPhase.Setup,
        "active" or "colo" => MigrationPhase.Active,
        "pre-switchover" => MigrationPhase.PreSwitchover,
        "device" => MigrationPhase.Device,
        "postcopy-active" or "postcopy-device" => MigrationPhase.PostcopyActive,
        "postcopy-paused" => MigrationPhase.PostcopyPaused,
        "postcopy-recover-setup" or "postcopy-recover" => MigrationPhase.PostcopyRecover,
        "completed" => MigrationPhase.Completed,
        "failed" => MigrationPhase.Failed,
        "cancelling" => MigrationPhase.Cancelling,
        "cancelled" => MigrationPhase.Cancelled,
        _ => null,
    };

    /// <summary>The phase for the type of a libvirt job (virDomainJobType); null for one we do not know. 0 is no job.</summary>
    public static MigrationPhase? OfLibvirt(long type) => type switch
    {
        0 => MigrationPhase.None,
        1 or 2 => MigrationPhase.Active,
        3 => MigrationPhase.Completed,
        4 => MigrationPhase.Failed,
        5 => MigrationPhase.Cancelled,
        _ => null,
    };
}
