namespace NodeAgent.Migration.Model;

/// <summary>What follows from a phase.</summary>
public static class MigrationPhases
{
    /// <summary>Nothing more comes.</summary>
    public static bool IsTerminal(this MigrationPhase phase) => phase is MigrationPhase.Completed or MigrationPhase.Failed or MigrationPhase.Cancelled;

    /// <summary>The guest runs on the destination.</summary>
    public static bool IsPostcopy(this MigrationPhase phase) =>
        phase is MigrationPhase.PostcopyActive or MigrationPhase.PostcopyPaused or MigrationPhase.PostcopyRecover;

    /// <summary>The phase for a status of QEMU's query-migrate or MIGRATION event (qapi/migration.json, MigrationStatus), UTF-8; null for one we do not know.</summary>
    public static MigrationPhase? OfQemu(ReadOnlySpan<byte> status) =>
        status.SequenceEqual("active"u8) || status.SequenceEqual("colo"u8) ? MigrationPhase.Active
        : status.SequenceEqual("none"u8) ? MigrationPhase.None
        : status.SequenceEqual("setup"u8) || status.SequenceEqual("wait-unplug"u8) ? MigrationPhase.Setup
        : status.SequenceEqual("pre-switchover"u8) ? MigrationPhase.PreSwitchover
        : status.SequenceEqual("device"u8) ? MigrationPhase.Device
        : status.SequenceEqual("postcopy-active"u8) || status.SequenceEqual("postcopy-device"u8) ? MigrationPhase.PostcopyActive
        : status.SequenceEqual("postcopy-paused"u8) ? MigrationPhase.PostcopyPaused
        : status.SequenceEqual("postcopy-recover-setup"u8) || status.SequenceEqual("postcopy-recover"u8) ? MigrationPhase.PostcopyRecover
        : status.SequenceEqual("completed"u8) ? MigrationPhase.Completed
        : status.SequenceEqual("failed"u8) ? MigrationPhase.Failed
        : status.SequenceEqual("cancelling"u8) ? MigrationPhase.Cancelling
        : status.SequenceEqual("cancelled"u8) ? MigrationPhase.Cancelled
        : null;

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
