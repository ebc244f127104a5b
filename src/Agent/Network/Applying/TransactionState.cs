namespace NodeAgent.Network.Applying;

/// <summary>What the journal says of a transaction.</summary>
public enum TransactionState
{
    /// <summary>Begun: messages may have been sent. Found at a start, it is rolled back before anything else.</summary>
    Open,

    /// <summary>Kept: what is left to do is to file the policy and the ledger, again if need be.</summary>
    Committed,

    /// <summary>Kept and filed; can be undone by `net rollback`.</summary>
    Closed,

    /// <summary>Undone.</summary>
    RolledBack,

    /// <summary>Could not be undone in full: a person must look.</summary>
    Stuck,
}
