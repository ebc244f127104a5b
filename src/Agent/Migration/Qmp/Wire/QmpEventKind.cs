namespace NodeAgent.Migration.Qmp.Wire;

/// <summary>Events of QEMU that say something of a migration.</summary>
internal enum QmpEventKind
{
    /// <summary>Any other.</summary>
    Other,

    /// <summary>The migration is in another phase.</summary>
    Migration,

    /// <summary>The dirty bitmap was synced; a pass begins.</summary>
    MigrationPass,

    /// <summary>The guest's vCPUs stopped.</summary>
    Stop,

    /// <summary>They run again.</summary>
    Resume,

    /// <summary>QEMU is about to end, or the guest shut down.</summary>
    Shutdown,
}
