namespace NodeAgent.Kvm.Model;

/// <summary>How the guest of the functional probe ended.</summary>
public enum ProbeOutcome
{
    /// <summary>It was not begun.</summary>
    NotRun,

    /// <summary>Its result was right, in memory and in the register.</summary>
    Passed,

    /// <summary>It ended otherwise than it should, or its result was wrong.</summary>
    Failed,

    /// <summary>It did not end in time.</summary>
    Timeout,
}
