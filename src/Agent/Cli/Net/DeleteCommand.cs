using System.CommandLine;
using NodeAgent.Cli.Applying;

namespace NodeAgent.Cli.Net;

/// <summary>nodeagent net delete POLICY</summary>
public static class DeleteCommand
{
    public static CliCommand Build(string description)
    {
        var policy = new Argument<string>("POLICY") { Description = "its name, as `net policies` lists it" };
        var allow = DocumentOptions.AllowDisrupt();
        return new CliCommand("delete", description)
        {
            Arguments = { policy },
            Options = { allow },
            Run = run => ApplyReport.Print(
                run,
                Running.Transaction(run, (progress, stop) => run.EngineToChange.Delete(run.Value(policy)!, DocumentOptions.Set(run.Value(allow)), progress, stop))),
            Details = "Links that the agent created for it go; fields, ports, addresses and routes that it changed are put back. What other policies ask for stays.",
            Examples = [new("nodeagent net delete layout-a", "take the policy away, and what it did"), new("nodeagent net delete trunk --allow-disrupt bond_data", "also where that cuts bond_data")],
        };
    }
}
