using NodeAgent.Network.Applying;

namespace NodeAgent.Network.Drift;

/// <summary>Is told what the daemon does, on the daemon's thread: it must return at once and may not throw.</summary>
public interface IDaemonObserver
{
    /// <summary>Links, addresses or routes changed; the snapshot is read before returning.</summary>
    void Changed(NetworkChange change)
    {
    }

    /// <summary>The policies and how they stand, when either changed.</summary>
    void Policies(IReadOnlyList<PolicyStatus> policies)
    {
    }

    /// <summary>The newest transactions of the journal, whichever process they are of, oldest first; and the one that waits to be confirmed.</summary>
    void Transactions(IReadOnlyList<TransactionSummary> newest, WaitingTransaction? waiting)
    {
    }

    /// <summary>A field was found other than its policy wants it.</summary>
    void Drifted(DriftRecord record)
    {
    }

    /// <summary>Drift was repaired.</summary>
    /// <param name="policies">Whose steps it was.</param>
    /// <param name="latency">From the kernel's event to its acknowledgement of the repair.</param>
    /// <param name="steps">How many steps it took.</param>
    void Repaired(IReadOnlyList<string> policies, TimeSpan latency, int steps)
    {
    }

    /// <summary>A repair failed and will be tried again.</summary>
    void RepairFailed(string policy)
    {
    }

    /// <summary>A transaction that this process ran came to its end, or was refused before its beginning.</summary>
    void Transaction(string kind, string policy, ApplyResult result)
    {
    }
}
