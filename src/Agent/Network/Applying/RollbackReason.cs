namespace NodeAgent.Network.Applying;

/// <summary>What made a transaction roll back.</summary>
public enum RollbackReason
{
    /// <summary>The kernel refused a step.</summary>
    Kernel,

    /// <summary>A field did not read back as asked for.</summary>
    Verification,

    /// <summary>A probe that passed before the change failed after it.</summary>
    Probe,

    /// <summary>No confirmation came in time.</summary>
    NotConfirmed,

    /// <summary>Somebody asked for it while it waited.</summary>
    Asked,

    /// <summary>The process was told to end, or the caller went away.</summary>
    Interrupted,

    /// <summary>The journal or the ledger could not be written.</summary>
    Storage,
}
