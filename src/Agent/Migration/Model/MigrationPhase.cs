namespace NodeAgent.Migration.Model;

/// <summary>Where a migration is, as the source says. QEMU: the status of query-migrate; libvirt: the job's type.</summary>
public enum MigrationPhase
{
    /// <summary>Not said: QEMU before its first migration, libvirt without a job.</summary>
    None,

    /// <summary>Connecting; libvirt: preparing the destination, before QEMU begins.</summary>
    Setup,

    /// <summary>Pre-copy: the guest runs on the source while its memory is sent.</summary>
    Active,

    /// <summary>The guest is stopped and waits to be let go on (pause-before-switchover).</summary>
    PreSwitchover,

    /// <summary>The guest is stopped; what is left and its devices are sent.</summary>
    Device,

    /// <summary>The guest runs on the destination and fetches what is left from the source.</summary>
    PostcopyActive,

    /// <summary>The connection broke in post-copy; the guest waits for pages that are on the source.</summary>
    PostcopyPaused,

    /// <summary>Connecting again after <see cref="PostcopyPaused"/>.</summary>
    PostcopyRecover,

    Completed,

    Failed,

    /// <summary>Asked to cancel, not there yet.</summary>
    Cancelling,

    Cancelled,
}
