using NodeAgent.Migration.Model;

namespace NodeAgent.Migration.Sampling;

/// <summary>How the other end of a migration, on this node too, ended.</summary>
/// <param name="Outcome">How.</param>
/// <param name="Reason">Why it failed or was cancelled; null where nobody said.</param>
internal readonly record struct OtherEnd(MigrationOutcome Outcome, string? Reason);
