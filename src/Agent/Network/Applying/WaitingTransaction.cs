namespace NodeAgent.Network.Applying;

/// <summary>A transaction that is applied and verified, and is rolled back unless it is confirmed in time.</summary>
/// <param name="Id">What `net confirm` and `net rollback` take.</param>
/// <param name="Policy">The policy it applies.</param>
/// <param name="Deadline">When it is rolled back.</param>
public sealed record WaitingTransaction(string Id, string Policy, DateTimeOffset Deadline);
