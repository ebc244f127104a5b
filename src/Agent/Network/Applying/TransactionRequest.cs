using NodeAgent.Network.Model;

namespace NodeAgent.Network.Applying;

/// <summary>One change of the node, with what is filed when it is kept.</summary>
internal sealed record TransactionRequest
{
    /// <summary>"apply", "delete", "rollback" or "boot".</summary>
    public required string Kind { get; init; }

    public required DesiredState Desired { get; init; }

    public string? Policy { get; init; }

    public string? PolicyText { get; init; }

    public string? FormerText { get; init; }

    public IReadOnlySet<string> AllowDisrupt { get; init; } = new HashSet<string>();

    /// <summary>Null: the defaults.</summary>
    public IReadOnlyList<ProbeSpec>? Probes { get; init; }

    public TimeSpan? Confirm { get; init; }

    /// <summary>Is called again and again while it waits to be confirmed.</summary>
    public Action? WhileWaiting { get; init; }

    /// <summary>Makes the ledger to file from the one that has this plan's items, and the state before the change.</summary>
    public required Func<Ledger, NetworkSnapshot, Ledger> File { get; init; }

    /// <summary>What else may be taken away: items of a transaction that is rolled back.</summary>
    public LedgerItems Owned { get; init; } = LedgerItems.Empty;
}
