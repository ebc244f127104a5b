using NodeAgent.Cli.Documents;
using NodeAgent.Network.Planning;
using NodeAgent.Network.Spec;

namespace NodeAgent.Cli.Net;

/// <summary>nodeagent net revert --current FILE… --desired FILE…</summary>
public static class RevertCommand
{
    public static CliCommand Build(string description)
    {
        var current = DocumentOptions.Current();
        var desired = DocumentOptions.Desired();
        current.Required = true;
        desired.Required = true;
        return new CliCommand("revert", description)
        {
            Options = { current, desired },
            Run = run =>
            {
                var state = OfflineState.Read(run, run.Value(current)!, run.Value(desired)!);
                var undo = Reverter.Revert(state.Current, state.Desired, Ownership.Everything);
                if (run.Settings.Format == OutputFormat.Json) NodeText.Write(run.Out, DocumentWriter.ToJson(undo), OutputFormat.Json);
                else run.Out.Write(DocumentWriter.ToYaml(undo));
                return ExitCode.Done;
            },
            Examples = [new("nodeagent net revert --current before.yaml --desired change.yaml > undo.yaml", "keep the way back before a change")],
        };
    }
}
