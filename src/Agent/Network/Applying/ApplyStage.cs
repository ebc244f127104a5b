namespace NodeAgent.Network.Applying;

/// <summary>The stages of a transaction, in order.</summary>
public enum ApplyStage
{
    Recover,
    Plan,
    ProbeBefore,
    Journal,
    Apply,
    Verify,
    Probe,
    Confirm,
    Commit,
    RollBack,
}
