using NodeAgent.Network.Drift;

namespace NodeAgent.Cli.Show;

/// <summary>The table of policies.</summary>
public static class PolicyText
{
    public static void Write(Invocation run, IReadOnlyList<PolicyStatus> policies)
    {
        var style = run.Style;
        var table = new TextTable("POLICY", "MODE", "STATE", "APPLIED", "FILE");
        foreach (var policy in policies)
        {
            table.Add(
                policy.Name,
                policy.Mode.ToString().ToLowerInvariant(),
                new Cell(policy.State, policy.State == "in force" ? style.Good : style.Warn),
                policy.Applied is { } at ? at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture) : "-",
                policy.File);
        }

        table.Write(run.Out, style, run.Settings.Width);
    }
}
