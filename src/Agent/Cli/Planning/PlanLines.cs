using NodeAgent.Network.Planning;

namespace NodeAgent.Cli.Planning;

/// <summary>A plan for people: a line for each step (+, -, ~), its changes as old -> new beneath, and why.</summary>
public static class PlanLines
{
    public static void Write(TextWriter output, Plan plan, Style style)
    {
        var signs = new int[3];
        foreach (var step in plan.Steps)
        {
            signs[(int)step.Action]++;
            var sign = step.Action switch { StepAction.Create => '+', StepAction.Remove => '-', _ => '~' };
            var policy = step.Policy is null ? "" : $" [{step.Policy}]";
            output.WriteLine($"{style.Diff($"{sign} {step.Kind} {step.Link}".TrimEnd())}  {style.Faint(step.Reason + policy)}");
            foreach (var change in step.Changes) output.WriteLine("    " + style.Diff(Line(change)));
        }

        if (plan.Steps.Count > 0) output.WriteLine($"{plan.Steps.Count} steps: {signs[(int)StepAction.Create]} create, {signs[(int)StepAction.Modify]} modify, {signs[(int)StepAction.Remove]} remove");
        else output.WriteLine("Nothing to do: everything is as asked for.");
        foreach (var note in plan.Notes) output.WriteLine($"note: {note}");
    }

    private static string Line(Change change) => change switch
    {
        { From: null } => $"+ {change.Field}: {change.To}",
        { To: null } => $"- {change.Field}: {change.From}",
        _ => $"~ {change.Field}: {change.From} -> {change.To}",
    };
}
