namespace NodeAgent.Network.Model;

/// <summary>What the daemon does about drift from a policy.</summary>
public enum PolicyMode
{
    /// <summary>Puts it right at once.</summary>
    Repair,

    /// <summary>Counts and reports it only.</summary>
    Observe,
}
