using NodeAgent.Native.Netlink;
using NodeAgent.Network.Applying.Probes;
using NodeAgent.Network.Model;
using NodeAgent.Network.Planning;
using NodeAgent.Network.Spec;

namespace NodeAgent.Network.Applying;

/// <summary>What every transaction of an engine shares, and the two ways one ends on disk.</summary>
internal sealed record TransactionTools
{
    /// <summary>A probe that does not pass before the change must not cost its whole timeout.</summary>
    public static readonly TimeSpan ProbeBeforeLimit = TimeSpan.FromSeconds(1);

    public static readonly TimeSpan ConfirmPoll = TimeSpan.FromMilliseconds(50);

    private const int UndoAttempts = 3;

    public required IKernelNetwork Kernel { get; init; }

    public required Journal Journal { get; init; }

    public required LedgerStore Ledger { get; init; }

    public required PolicyStore Policies { get; init; }

    public required ProbeRunner Probes { get; init; }

    public required TimeProvider Clock { get; init; }

    public required string StateFolder { get; init; }

    /// <summary>The boot id of the running kernel (/proc/sys/kernel/random/boot_id), null where it cannot be read.</summary>
    public string? Boot { get; init; }

    /// <summary>The configured probes of policies that name none, or null.</summary>
    public Func<IReadOnlyList<ProbeSpec>?> DefaultProbes { get; init; } = static () => null;

    /// <summary>Configured control-plane addresses.</summary>
    public Func<IReadOnlyList<string>> ControlPlane { get; init; } = static () => [];

    public required Func<NetworkSnapshot, IReadOnlyList<ControlPath>> ControlPaths { get; init; }

    /// <summary>Files the policy and the ledger of a committed transaction, durably, and closes it; may be done again.</summary>
    public void Finish(TransactionRecord record)
    {
        if (record.Policy is { } policy) Policies.Store(policy, record.PolicyText);
        if (record.LedgerAfter is { } ledger) Ledger.Store(ledger);
        Journal.Write(record with { State = TransactionState.Closed, LedgerAfter = null });
        Journal.Trim();
    }

    /// <summary>
    /// Puts the node back to where it was before the transaction; what could not be put back comes back as sentences.
    /// <paramref name="before"/> is the state before it where this process still knows it.
    /// </summary>
    public IReadOnlyList<string> Undo(TransactionRecord record, NetworkSnapshot? before, string cause)
    {
        IReadOnlyList<string> left;
        try
        {
            left = PutBack(record, before);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NetlinkException)
        {
            left = [e.Message];
        }

        TryWrite(record with
        {
            State = left.Count == 0 ? TransactionState.RolledBack : TransactionState.Stuck,
            ConfirmUntil = null,
            Outcome = cause,
        });
        return left;
    }

    private IReadOnlyList<string> PutBack(TransactionRecord record, NetworkSnapshot? before)
    {
        var undo = DocumentReader.ReadStored("journal " + record.Id, record.Undo);
        if (undo.Document is not { Desired: var desired }) return [$"the journal of transaction {record.Id} cannot be understood: {undo.Errors[0]}"];
        var owned = Ledger.Load().Items.Union(record.Added);
        IReadOnlyList<string> left = [];
        for (var attempt = 0; attempt < UndoAttempts; attempt++)
        {
            var plan = Planner.Plan(new PlanRequest { Desired = desired, Observed = Kernel.Observe(), Ownership = owned.ToOwnership() });
            left = [.. Kernel.Execute(plan.Steps, null).Select(f => f.Message)];
            if (left.Count == 0) left = Verification.Check(Kernel.Observe(), desired, owned);
            if (left.Count == 0) break;
        }

        return left.Count == 0 && before is not null ? SnapshotDifference.Describe(before, Kernel.Observe(), desired) : left;
    }

    // The node is already back; a journal that cannot be written now only means that the next start undoes it once more, which changes nothing.
    private void TryWrite(TransactionRecord record)
    {
        try
        {
            Journal.Write(record);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
        }
    }
}
