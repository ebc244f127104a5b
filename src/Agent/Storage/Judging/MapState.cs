namespace NodeAgent.Storage.Judging;

/// <summary>How a multipath map stands. Device-mapper's word decides which path carries I/O, whatever the checker or SCSI say.</summary>
public enum MapState
{
    /// <summary>It could not be found out.</summary>
    Unknown,

    /// <summary>As many usable paths as ever, and as independent.</summary>
    Healthy,

    /// <summary>Fewer usable paths than it had or its table has, and still no single one of them, no adapter, target port or fabric that all depend on.</summary>
    Degraded,

    /// <summary>One more fault stops it: one path is left, or all that are left share an adapter, a target port or a fabric, where they did not always.</summary>
    NoRedundancy,

    /// <summary>No path is left, and I/O fails.</summary>
    Failed,

    /// <summary>No path is left, and I/O waits.</summary>
    Queueing,
}
