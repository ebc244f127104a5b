namespace NodeAgent.Network.Drift;

/// <summary>What the daemon says of a policy beyond "in force": "tug of war", "refused", "conflict", "drifted", "degraded".</summary>
public sealed record PolicyCondition(string State, string Message);
