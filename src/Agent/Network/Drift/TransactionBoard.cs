using NodeAgent.Network.Applying;

namespace NodeAgent.Network.Drift;

/// <summary>Tells of the newest transactions as the journal has them, whichever process they are of.</summary>
internal sealed class TransactionBoard(NetworkEngine engine, IDaemonObserver observers)
{
    /// <summary>How many are told of.</summary>
    public const int Shown = 10;

    /// <summary>Reads the journal again; for when its folder changed.</summary>
    public void Refresh()
    {
        try
        {
            var records = engine.Tools.Journal.ReadNewest(Shown);
            observers.Transactions([.. records.Select(Summary)], new WaitingTransactions(engine.Tools).Among(records));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Who must read the journal to act says so; here it may not end a transaction that goes well.
        }
    }

    private static TransactionSummary Summary(TransactionRecord record) =>
        new(record.Id, record.Kind, record.Policy, record.Started, record.State, record.Outcome);
}
