namespace NodeAgent.Verdicts;

/// <summary>A verdict and how long it has stood.</summary>
/// <param name="Verdict">How the object stands.</param>
/// <param name="Since">When its state last changed; kept across restarts of the agent.</param>
public sealed record StandingVerdict(Verdict Verdict, DateTimeOffset Since);
