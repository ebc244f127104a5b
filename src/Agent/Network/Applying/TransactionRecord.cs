namespace NodeAgent.Network.Applying;

/// <summary>A transaction as the journal keeps it on disk: all that is needed to undo it, or to finish its commit, by another process.</summary>
public sealed record TransactionRecord
{
    /// <summary>Time of its beginning and a number, so that names sort by age.</summary>
    public required string Id { get; init; }

    public required TransactionState State { get; init; }

    /// <summary>"apply", "delete", "rollback" or "boot".</summary>
    public required string Kind { get; init; }

    public required DateTimeOffset Started { get; init; }

    /// <summary>The kernel's boot id at its beginning: after a restart of the node nothing of it is left to undo.</summary>
    public string? Boot { get; init; }

    /// <summary>The policy it changes; null where it applies all policies (boot).</summary>
    public string? Policy { get; init; }

    /// <summary>The policy's new text; null where the policy goes.</summary>
    public string? PolicyText { get; init; }

    /// <summary>The policy's former text; null where it is new.</summary>
    public string? FormerText { get; init; }

    /// <summary>The nmstate document that undoes it, made before the first message.</summary>
    public required string Undo { get; init; }

    /// <summary>What it adds to the node: undoing may take these away even where they look like a guest's.</summary>
    public LedgerItems Added { get; init; } = LedgerItems.Empty;

    /// <summary>While it waits to be confirmed: when it is rolled back otherwise.</summary>
    public DateTimeOffset? ConfirmUntil { get; init; }

    /// <summary>The ledger after the commit.</summary>
    public string? LedgerAfter { get; init; }

    /// <summary>How it ended, in one sentence.</summary>
    public string Outcome { get; init; } = "";
}
