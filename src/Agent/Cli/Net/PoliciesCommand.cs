using NodeAgent.Cli.Show;

namespace NodeAgent.Cli.Net;

/// <summary>nodeagent net policies</summary>
public static class PoliciesCommand
{
    public static CliCommand Build(string description) => new("policies", description)
    {
        Run = List,
        Examples =
        [
            new("nodeagent net policies", "every policy with its state"),
            new("nodeagent net policies -o json", "for programs"),
        ],
    };

    private static int List(Invocation run)
    {
        var policies = run.Engine.Policies();
        if (run.PrintForPrograms(() => ShowJson.List(policies, ShowJson.Policy))) return ExitCode.Done;
        if (policies.Count == 0)
        {
            run.Out.WriteLine($"No policies on this node. nodeagent net apply -f FILE applies one; files put into {run.Settings.Paths.PoliciesFolder} are taken up by the daemon.");
            return ExitCode.Done;
        }

        PolicyText.Write(run, policies);
        foreach (var policy in policies)
        {
            if (policy.Message.Length > 0) run.Out.WriteLine($"{policy.Name}: {policy.Message}");
            foreach (var drift in policy.Drift)
            {
                run.Out.WriteLine($"{ShowJson.Time(drift.Since)}  {policy.Name}: {drift.Link} {drift.Field} was {drift.Found ?? "none"}, wanted {drift.Wanted ?? "none"}{(drift.By is null ? "" : ", by " + drift.By)}");
            }
        }

        return ExitCode.Done;
    }
}
