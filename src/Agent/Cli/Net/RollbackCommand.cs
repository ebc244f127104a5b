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
        return new CliCommand("rollback", description)
        {
            Arguments = { id },
            Run = run => RollBack(run, run.Value(id)),
            Examples = [new("nodeagent net rollback", "undo the last change"), new("nodeagent net rollback 7c1f", "undo that one, if it is the last")],
        };
    }

    private static int RollBack(Invocation run, string? id)
    {
        var result = Running.Transaction(run, (progress, stop) => run.Engine.Rollback(id, progress, stop));

        // Here being rolled back is what was asked for.
        return result.Outcome == ApplyOutcome.RolledBack ? ApplyReport.PrintDone(run, result) : ApplyReport.Print(run, result);
    }
}
