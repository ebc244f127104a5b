namespace NodeAgent.Network.Applying;

/// <summary>How an apply, delete or rollback ended.</summary>
public enum ApplyOutcome
{
    /// <summary>Applied, verified and kept.</summary>
    Committed,

    /// <summary>Everything was already as asked for; the policy is in force.</summary>
    NothingToDo,

    /// <summary>A guard refused it; nothing was changed.</summary>
    Refused,

    /// <summary>Something was wrong and the node is as it was before.</summary>
    RolledBack,

    /// <summary>The documents are wrong; nothing was changed.</summary>
    Invalid,

    /// <summary>It could not be done (or not be undone: the message says so).</summary>
    Failed,
}
