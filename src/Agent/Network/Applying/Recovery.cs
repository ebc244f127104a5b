namespace NodeAgent.Network.Applying;

/// <summary>Rolls back what a killed process left half done and finishes what it had committed. The caller holds the node's lock.</summary>
internal sealed class Recovery(TransactionTools tools, IProgress<ApplyEvent>? progress)
{
    private readonly List<string> _told = [];

    /// <summary>What was done, a line for each transaction.</summary>
    public IReadOnlyList<string> Run()
    {
        foreach (var record in tools.Journal.ReadAll(Tell))
        {
            switch (record.State)
            {
                case TransactionState.Open when record.Boot is { } boot && tools.Boot is { } now && boot != now:
                    tools.Journal.Write(record with { State = TransactionState.RolledBack, ConfirmUntil = null, Outcome = "the node was restarted in the middle of it" });
                    Tell($"transaction {record.Id} was cut off by a restart of the node, which left nothing of it");
                    break;
                case TransactionState.Open:
                    var left = tools.Undo(record, null, "the agent was stopped in the middle of it");
                    Tell(left.Count == 0
                        ? $"transaction {record.Id} was cut off in the middle: rolled back, the node is as before it"
                        : $"transaction {record.Id} was cut off in the middle and cannot be rolled back in full: {left[0]}");
                    break;
                case TransactionState.Committed:
                    tools.Finish(record);
                    Tell($"transaction {record.Id} was committed and is now filed");
                    break;
            }
        }

        return _told;
    }

    // At once: what was done is done, also where the next record fails.
    private void Tell(string line)
    {
        _told.Add(line);
        progress?.Report(new ApplyEvent(ApplyStage.Recover, line));
    }
}
