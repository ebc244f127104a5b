using NodeAgent.Network.Spec;

namespace NodeAgent.Network.Applying;

/// <summary>`net rollback` of a transaction that was kept: its own undo document, as a new transaction. Its caller holds the lock.</summary>
internal sealed class CommittedRollback(TransactionTools tools)
{
    public ApplyResult Run(string? id, IReadOnlySet<string> allowDisrupt, IProgress<ApplyEvent>? progress, CancellationToken cancellation)
    {
        var records = tools.Journal.ReadAll();
        var stuck = records.LastOrDefault(r => r.State == TransactionState.Stuck && (id is null || r.Id == id));
        if (stuck is not null) return RetryUndo(stuck);

        var last = records.LastOrDefault(r => r.State == TransactionState.Closed && r.Kind != "rollback");
        if (last is null) return Failed(id is null ? "no transaction waits and none was committed: there is nothing to roll back" : $"there is no transaction {id} that could be rolled back");
        if (id is not null && id != last.Id) return Failed($"transaction {id} is not the last one kept, {last.Id} of policy {last.Policy} is: roll that back first");

        var undo = DocumentReader.ReadStored("journal " + last.Id, last.Undo).Document;
        if (undo is null) return Failed($"the journal of transaction {last.Id} cannot be understood");
        var result = new Transaction(
            tools,
            new TransactionRequest
            {
                Kind = "rollback",
                Desired = undo.Desired,
                Policy = last.Policy,
                PolicyText = last.FormerText,
                FormerText = last.PolicyText,
                Owned = last.Added,
                AllowDisrupt = allowDisrupt,
                File = (ledger, _) => last.FormerText is null && last.Policy is not null ? ledger.Without(last.Policy) : ledger,
            },
            progress,
            cancellation).Run();
        if (result.Outcome is ApplyOutcome.Committed or ApplyOutcome.NothingToDo)
        {
            result = result with { Message = $"transaction {last.Id} of policy {last.Policy} is undone: {result.Message}{Mark(last, result)}" };
        }

        return result;
    }

    // The node is as asked by now: a journal that cannot say so is told beside it.
    private string Mark(TransactionRecord record, ApplyResult result)
    {
        try
        {
            tools.Journal.Write(record with { State = TransactionState.RolledBack, Outcome = $"rolled back by {result.Transaction}" });
            return "";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"; the journal could not be told: {e.Message}";
        }
    }

    private ApplyResult RetryUndo(TransactionRecord record)
    {
        var left = tools.Undo(record, null, record.Outcome);
        return left.Count == 0
            ? new ApplyResult { Outcome = ApplyOutcome.Committed, Transaction = record.Id, Message = $"transaction {record.Id} is now rolled back in full" }
            : Failed($"transaction {record.Id} still cannot be rolled back in full: {left[0]}") with { Causes = left };
    }

    private static ApplyResult Failed(string message) => new() { Outcome = ApplyOutcome.Failed, Message = message };
}
