namespace NodeAgent.Migration.Sources;

/// <summary>What a source heard.</summary>
public enum SourceEventKind
{
    /// <summary>Something may have begun or ended: ask for a sample (libvirt's lifecycle events, a connection that was made anew).</summary>
    Look,

    /// <summary>The migration is in another phase (QMP's MIGRATION).</summary>
    Phase,

    /// <summary>A pass begins: the bitmap was synced (QMP's MIGRATION_PASS, libvirt's migration-iteration).</summary>
    Pass,

    /// <summary>The guest stopped (QMP's STOP, libvirt's suspended): on a source that migrates, the downtime begins.</summary>
    Stopped,

    /// <summary>The guest runs (QMP's RESUME, libvirt's resumed): on a destination, the downtime ends.</summary>
    Resumed,

    /// <summary>A job is over, with its statistics (libvirt's job-completed).</summary>
    Completed,

    /// <summary>The connection is lost; the source connects again by itself and then says <see cref="Look"/>.</summary>
    Lost,

    /// <summary>The source will never answer again, though the guest lives; it tells nothing more.</summary>
    GivenUp,
}
