using System.Net;
using NodeAgent.Network.Model;
using NodeAgent.Network.Planning;
using NodeAgent.Network.Spec;

namespace NodeAgent.Cli.Documents;

/// <summary>A present and a desired state from files alone: no root, no daemon, no kernel.</summary>
public sealed record OfflineState(NetworkSnapshot Current, DesiredState Desired, IReadOnlyList<string> Notes)
{
    /// <summary>Reads both sides, merges several files of one, and checks that they make sense; all errors at once.</summary>
    public static OfflineState Read(Invocation run, IReadOnlyList<string> current, IReadOnlyList<string> desired)
    {
        if (current.Contains("-") && desired.Contains("-")) throw new CliException(ExitCode.Invalid, "--current - --desired -: standard input can be read once only");
        var before = DocumentFiles.Read(run, current);
        var after = DocumentFiles.Read(run, desired);
        var present = Merged(before);
        var snapshot = SnapshotFromDocument.Build(present);
        var wanted = Merged(after);
        var meaning = SemanticCheck.Examine(wanted, snapshot);
        if (meaning.Errors.Count > 0) throw new InvalidDocumentsException(meaning.Errors);
        return new OfflineState(snapshot, wanted, [.. after.SelectMany(static d => d.Notes), .. meaning.Notes]);
    }

    public PlanResult Plan(IReadOnlySet<string> allowDisrupt, IEnumerable<IPAddress> controlPlane) => new()
    {
        Plan = Planner.Plan(new PlanRequest
        {
            Desired = Desired,
            Observed = Current,
            Ownership = Ownership.Everything,
            ControlPaths = ControlPaths.From(Current, controlPlane),
            AllowDisrupt = allowDisrupt,
        }),
        Observed = Current,
        Desired = Desired,
    };

    private static DesiredState Merged(IReadOnlyList<PolicyDocument> documents)
    {
        var merged = PolicyMerge.Merge(documents);
        return merged.Errors.Count == 0 ? merged.Desired : throw new InvalidDocumentsException(merged.Errors);
    }
}
