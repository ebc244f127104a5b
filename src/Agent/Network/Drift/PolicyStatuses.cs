using NodeAgent.Network.Applying;
using NodeAgent.Network.Model;
using NodeAgent.Network.Spec;

namespace NodeAgent.Network.Drift;

/// <summary>How a policy stands as files, ledger and daemon say, each without looking at the network.</summary>
internal static class PolicyStatuses
{
    /// <summary>The state of a policy that is kept.</summary>
    public const string InForce = "in force";

    /// <summary>Before anything is said of it by the daemon, or found on the network.</summary>
    /// <param name="document">The policy.</param>
    /// <param name="entry">What the ledger has of it, null where it was never applied; one that only observes needs no apply.</param>
    public static PolicyStatus Of(PolicyDocument document, PolicyEntry? entry)
    {
        var isHeld = entry is not null || document.Mode == PolicyMode.Observe;
        return new PolicyStatus
        {
            Name = document.Name,
            File = document.File,
            Links = [.. document.Desired.Interfaces.Select(i => i.Name)],
            Mode = document.Mode,
            Applied = entry?.Applied,
            Generation = entry?.Generation ?? 0,
            State = isHeld ? InForce : "not applied",
            Message = isHeld ? "" : "not yet applied on this node",
        };
    }

    /// <summary>Files that are no policies.</summary>
    public static IEnumerable<PolicyStatus> Invalid(IReadOnlyList<SpecError> broken) => broken.GroupBy(e => e.Mark.File).Select(g => new PolicyStatus
    {
        Name = Path.GetFileNameWithoutExtension(g.Key ?? ""),
        File = g.Key ?? "",
        State = "invalid",
        Message = g.First().ToString(),
    });

    /// <summary>What the running daemon adds.</summary>
    public static PolicyStatus With(PolicyStatus status, DaemonStatus daemon)
    {
        var drift = daemon.Recent.Where(d => d.Policy == status.Name).ToList();
        return daemon.Conditions.GetValueOrDefault(status.Name) is { } condition
            ? status with { State = condition.State, Message = condition.Message, Drift = drift }
            : status with { Drift = drift };
    }
}
