using NodeAgent.Hosting;
using NodeAgent.Network.Drift;

namespace NodeAgent.Systemd;

/// <summary>How the daemon stands, in one sentence: "3 policies in force", "2 of 3 policies in force; web: drifted: ...".</summary>
public static class StatusSentence
{
    private const string InForce = "in force";

    public static string Of(IReadOnlyList<PolicyStatus> policies, IReadOnlyList<ReadinessPart> parts)
    {
        var problems = new List<string>();
        foreach (var policy in policies)
        {
            if (policy.State != InForce) problems.Add($"{policy.Name}: {policy.State}{(policy.Message.Length > 0 ? ": " + policy.Message : "")}");
        }

        foreach (var part in parts)
        {
            if (!part.Ready) problems.Add($"{part.Name}: {part.Reason}");
        }

        var text = Count(policies);
        if (problems.Count > 0) text += "; " + problems[0];
        if (problems.Count > 1) text += $" (and {problems.Count - 1} more: nodeagent status)";
        return text;
    }

    private static string Count(IReadOnlyList<PolicyStatus> policies)
    {
        var good = policies.Count(static p => p.State == InForce);
        return policies.Count switch
        {
            0 => "no policies: nothing is changed on this node",
            1 when good == 1 => "1 policy in force",
            var all when good == all => $"{all} policies in force",
            var all => $"{good} of {all} policies in force",
        };
    }
}
