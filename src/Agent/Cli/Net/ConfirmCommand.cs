using System.CommandLine;
using System.Text.Json.Nodes;

namespace NodeAgent.Cli.Net;

/// <summary>nodeagent net confirm [ID]</summary>
public static class ConfirmCommand
{
    public static CliCommand Build(string description)
    {
        var id = new Argument<string?>("ID") { Description = "the transaction; default: the one that waits", Arity = ArgumentArity.ZeroOrOne };
        return new CliCommand("confirm", description)
        {
            Arguments = { id },
            Run = run => Confirm(run, run.Value(id)),
            Examples = [new("nodeagent net confirm", "keep what `net apply --confirm 30s` did"), new("nodeagent net confirm 7c1f", "the same, by the id that it printed")],
        };
    }

    private static int Confirm(Invocation run, string? id)
    {
        var reply = run.EngineToChange.Confirm(id);
        run.PrintForPrograms(() => new JsonObject { ["done"] = reply.Done, ["message"] = reply.Message });
        if (!reply.Done) run.Complain(reply.Message);
        else if (run.Settings.Format == OutputFormat.Table) run.Out.WriteLine(reply.Message);
        return reply.Done ? ExitCode.Done : ExitCode.Failed;
    }
}
