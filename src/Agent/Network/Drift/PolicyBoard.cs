using Microsoft.Extensions.Logging;
using NodeAgent.Network.Applying;
using NodeAgent.Network.Model;
using NodeAgent.Network.Spec;

namespace NodeAgent.Network.Drift;

/// <summary>How the policies stand, kept in memory: told to the observers, and left in the run folder for commands that run beside the daemon.</summary>
internal sealed class PolicyBoard(HostPaths paths, IDaemonObserver observers, ILogger log)
{
    private readonly Dictionary<string, long> _repairs = new(StringComparer.Ordinal);
    private IReadOnlyList<PolicyStatus> _loaded = [];

    /// <summary>What the files and the ledger say, as of the last load.</summary>
    public void Load(IReadOnlyList<PolicyDocument> documents, IReadOnlyList<SpecError> broken, Ledger ledger) =>
        _loaded = [.. documents.Select(d => PolicyStatuses.Of(d, ledger.Policies.GetValueOrDefault(d.Name))), .. PolicyStatuses.Invalid(broken)];

    public void Repaired(IReadOnlyList<string> policies, TimeSpan latency, int steps)
    {
        foreach (var policy in policies) _repairs[policy] = _repairs.GetValueOrDefault(policy) + 1;
        observers.Repaired(policies, latency, steps);
    }

    public void Drifted(DriftRecord record) => observers.Drifted(record);

    public void RepairFailed(string policy) => observers.RepairFailed(policy);

    /// <summary>Tells how each policy stands, with what is said of it beyond "in force".</summary>
    public void Publish(DaemonStatus daemon)
    {
        observers.Policies([.. _loaded.Select(p => PolicyStatuses.With(p, daemon) with { Repairs = _repairs.GetValueOrDefault(p.Name) })]);
        try
        {
            daemon.Write(paths);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            log.BrokenPolicy("the status file cannot be written: " + e.Message);
        }
    }
}
