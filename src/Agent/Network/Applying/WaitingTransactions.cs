namespace NodeAgent.Network.Applying;

/// <summary>The transaction that is applied and waits for a word, perhaps in another process: the journal is where both meet.</summary>
internal sealed class WaitingTransactions(TransactionTools tools)
{
    private static readonly TimeSpan s_replyWait = TimeSpan.FromSeconds(30);

    public WaitingTransaction? Find() => Among(tools.Journal.ReadAll());

    public WaitingTransaction? Among(IEnumerable<TransactionRecord> records) => records
        .Where(r => r.State == TransactionState.Open && r.ConfirmUntil > tools.Clock.GetUtcNow())
        .Select(r => new WaitingTransaction(r.Id, r.Policy ?? "", r.ConfirmUntil!.Value))
        .LastOrDefault();

    /// <param name="transaction">Its id; null: the one there is.</param>
    public TransactionReply Confirm(string? transaction)
    {
        if (Find() is not { } waiting) return new TransactionReply(false, "no transaction waits to be confirmed");
        if (transaction is not null && transaction != waiting.Id) return new TransactionReply(false, $"transaction {transaction} does not wait to be confirmed; {waiting.Id} does");
        tools.Journal.Signal(waiting.Id, Journal.ConfirmWord);
        var ended = AwaitEnd(waiting.Id);
        return ended?.State is TransactionState.Committed or TransactionState.Closed
            ? new TransactionReply(true, $"transaction {waiting.Id} of policy {waiting.Policy} is kept")
            : new TransactionReply(false, $"transaction {waiting.Id} came to an end before it was confirmed: {ended?.Outcome}");
    }

    public ApplyResult RollBack(WaitingTransaction waiting)
    {
        tools.Journal.Signal(waiting.Id, Journal.RollBackWord);
        var ended = AwaitEnd(waiting.Id);
        return ended?.State == TransactionState.RolledBack
            ? new ApplyResult { Outcome = ApplyOutcome.Committed, Transaction = waiting.Id, Message = $"transaction {waiting.Id} of policy {waiting.Policy} is rolled back, the node is as before it" }
            : new ApplyResult { Outcome = ApplyOutcome.Failed, Message = $"transaction {waiting.Id} did not end as asked: {ended?.State} {ended?.Outcome}" };
    }

    private TransactionRecord? AwaitEnd(string id)
    {
        var start = tools.Clock.GetTimestamp();
        while (true)
        {
            var record = tools.Journal.ReadAll().FirstOrDefault(r => r.Id == id);
            if (record is null || record.State != TransactionState.Open || tools.Clock.GetElapsedTime(start) > s_replyWait) return record;
            Thread.Sleep(TransactionTools.ConfirmPoll);
        }
    }
}
