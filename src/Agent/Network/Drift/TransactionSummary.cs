using NodeAgent.Network.Applying;

namespace NodeAgent.Network.Drift;

/// <summary>A transaction of the journal, without what it takes to undo it.</summary>
/// <param name="Id">What `net rollback` takes.</param>
/// <param name="Kind">"apply", "delete", "rollback" or "boot".</param>
/// <param name="Policy">The policy it changes, or null.</param>
/// <param name="Started">When it began.</param>
/// <param name="State">How far it came.</param>
/// <param name="Outcome">How it ended, in one sentence; empty while it runs.</param>
public sealed record TransactionSummary(string Id, string Kind, string? Policy, DateTimeOffset Started, TransactionState State, string Outcome);
