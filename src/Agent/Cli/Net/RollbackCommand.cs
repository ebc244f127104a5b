using System.CommandLine;
using NodeAgent.Cli.Applying;
using NodeAgent.Network.Applying;

namespace NodeAgent.Cli.Net;

/// <summary>nodeagent net rollback [ID]</summary>
public static class RollbackCommand
{
    public static CliCommand Build(string description)
    {
        var id = new Argument<string?>("ID") { Description = "the transaction; default: the one that waits, else the last committed one", Arity = ArgumentArity.ZeroOrOne };
        var allow = DocumentOptions.AllowDisrupt();
        return new CliCommand("rollback", description)
        {
            Arguments = { id },
            Options = { allow },
            Run = run => RollBack(run, run.Value(id), DocumentOptions.Set(run.Value(allow))),
            Examples = [new("nodeagent net rollback", "undo the last change"), new("nodeagent net rollback 7c1f", "undo that one, if it is the last"), new("nodeagent net rollback --allow-disrupt bond_data.20", "also where that cuts the default route")],
        };
    }

    private static int RollBack(Invocation run, string? id, IReadOnlySet<string> allow)
    {
        var result = Running.Transaction(run, (progress, stop) => run.EngineToChange.Rollback(id, allow, progress, stop));

        // Here being rolled back is what was asked for.
        return result.Outcome == ApplyOutcome.RolledBack ? ApplyReport.PrintDone(run, result) : ApplyReport.Print(run, result);
    }
}
