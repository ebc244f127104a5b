using NodeAgent.Network.Model;
using NodeAgent.Network.Planning;

namespace NodeAgent.Network.Applying;

/// <summary>Proof by reading back: what was asked for leaves nothing to plan.</summary>
internal static class Verification
{
    /// <summary>One sentence for every field that is not as asked for; empty where all is.</summary>
    public static IReadOnlyList<string> Check(NetworkSnapshot observed, DesiredState desired, LedgerItems owned)
    {
        var left = Planner.Plan(new PlanRequest { Desired = desired, Observed = observed, Ownership = owned.ToOwnership() });
        return [.. left.Steps.SelectMany(Describe)];
    }

    private static IEnumerable<string> Describe(PlanStep step)
    {
        var name = step.Link.Length > 0 ? step.Link : step.Kind;
        return step switch
        {
            CreateLinkStep => [$"{name}: was created and is not there when read back"],
            RemoveLinkStep => [$"{name}: was removed and is still there when read back"],
            _ => step.Changes.Select(c => $"{name}: {c.Field} reads back as {c.From ?? "none"}, asked for was {c.To ?? "none"}: this kernel or driver does not take it"),
        };
    }
}
