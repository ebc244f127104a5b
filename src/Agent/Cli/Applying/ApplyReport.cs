using System.Text.Json.Nodes;
using NodeAgent.Cli.Show;
using NodeAgent.Network.Applying;
using NodeAgent.Network.Planning;
using NodeAgent.Network.Spec;

namespace NodeAgent.Cli.Applying;

/// <summary>Says how a transaction ended, for people and for programs, and what the process exits with.</summary>
public static class ApplyReport
{
    public static int ExitCodeOf(ApplyOutcome outcome) => outcome switch
    {
        ApplyOutcome.Committed or ApplyOutcome.NothingToDo => ExitCode.Done,
        ApplyOutcome.Refused => ExitCode.Refused,
        ApplyOutcome.RolledBack => ExitCode.RolledBack,
        ApplyOutcome.Invalid => ExitCode.Invalid,
        _ => ExitCode.Failed,
    };

    public static int Print(Invocation run, ApplyResult result)
    {
        if (ExitCodeOf(result.Outcome) == ExitCode.Done) return PrintDone(run, result);
        run.PrintForPrograms(() => Node(result));
        Complain(run, result);
        return ExitCodeOf(result.Outcome);
    }

    /// <summary>The outcome is what was asked for.</summary>
    public static int PrintDone(Invocation run, ApplyResult result)
    {
        if (!run.PrintForPrograms(() => Node(result))) run.Out.WriteLine(result.Message);
        return ExitCode.Done;
    }

    /// <summary>The causes of what did not work, on standard error.</summary>
    public static void Complain(Invocation run, ApplyResult result)
    {
        if (ExitCodeOf(result.Outcome) == ExitCode.Done) return;
        var told = new HashSet<string>(StringComparer.Ordinal);
        Tell(result.Message);
        foreach (var error in result.Errors) Tell(error.ToString());
        foreach (var refusal in result.Plan.Refusals) Tell(refusal.Message);
        foreach (var cause in result.Causes) Tell(cause);

        void Tell(string cause)
        {
            if (told.Add(cause) && (told.Count == 1 || !result.Message.Contains(cause, StringComparison.Ordinal))) run.Complain(cause);
        }
    }

    public static JsonObject Node(ApplyResult result)
    {
        var node = new JsonObject
        {
            ["outcome"] = Name(result.Outcome),
            ["message"] = result.Message,
            ["transaction"] = result.Transaction,
            ["durationMs"] = Math.Round(result.Duration.TotalMilliseconds, 1),
            ["causes"] = ShowJson.List(result.Causes, static c => JsonValue.Create(c)),
            ["errors"] = ShowJson.List(result.Errors, Error),
        };

        // steps, refusals, notes: as `net plan` names them.
        foreach (var (name, value) in PlanJson.ToJson(result.Plan).AsObject()) node[name] = value?.DeepClone();
        return node;
    }

    public static JsonObject Error(SpecError error) => new()
    {
        ["file"] = error.Mark.File,
        ["line"] = error.Mark.IsKnown ? error.Mark.Line : null,
        ["column"] = error.Mark.IsKnown ? error.Mark.Column : null,
        ["field"] = error.Field,
        ["message"] = error.Message,
    };

    private static string Name(ApplyOutcome outcome)
    {
        var name = outcome.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }
}
