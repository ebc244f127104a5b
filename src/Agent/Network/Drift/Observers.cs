using NodeAgent.Network.Applying;

namespace NodeAgent.Network.Drift;

/// <summary>Tells several observers what one is told.</summary>
internal sealed class Observers(IReadOnlyList<IDaemonObserver> all) : IDaemonObserver
{
    public void Changed(NetworkChange change)
    {
        foreach (var one in all) one.Changed(change);
    }

    public void Policies(IReadOnlyList<PolicyStatus> policies)
    {
        foreach (var one in all) one.Policies(policies);
    }

    public void Transactions(IReadOnlyList<TransactionSummary> newest, WaitingTransaction? waiting)
    {
        foreach (var one in all) one.Transactions(newest, waiting);
    }

    public void Drifted(DriftRecord record)
    {
        foreach (var one in all) one.Drifted(record);
    }

    public void Repaired(IReadOnlyList<string> policies, TimeSpan latency, int steps)
    {
        foreach (var one in all) one.Repaired(policies, latency, steps);
    }

    public void RepairFailed(string policy)
    {
        foreach (var one in all) one.RepairFailed(policy);
    }

    public void Transaction(string kind, string policy, ApplyResult result)
    {
        foreach (var one in all) one.Transaction(kind, policy, result);
    }
}
