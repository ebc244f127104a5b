namespace NodeAgent.Verdicts;

/// <summary>How much a verdict matters.</summary>
public enum Severity
{
    /// <summary>As it should be.</summary>
    Ok,

    /// <summary>It could not be found out; the sentence says why.</summary>
    Unknown,

    /// <summary>It works, with less than it should have: look at it in the daytime.</summary>
    Warning,

    /// <summary>Guests are hurt, or the next fault hurts them: look at it now.</summary>
    Critical,
}
