using System.CommandLine;
using NodeAgent.Network.Model;
using NodeAgent.Network.Spec;

namespace NodeAgent.Cli.Net;

/// <summary>nodeagent net export [LINK…]</summary>
public static class ExportCommand
{
    public static CliCommand Build(string description)
    {
        var links = new Argument<string[]>("LINK") { Description = "only these; default: every link that a document can describe", Arity = ArgumentArity.ZeroOrMore };
        return new CliCommand("export", description)
        {
            Arguments = { links },
            Run = run =>
            {
                var state = Select(run.Engine.Observe(), run.Value(links) ?? []);
                if (run.Settings.Format == OutputFormat.Json) NodeText.Write(run.Out, DocumentWriter.ToJson(state), OutputFormat.Json);
                else run.Out.Write(DocumentWriter.ToYaml(state));
                return ExitCode.Done;
            },
            Details = "Left out: taps and other guest ports, links with an end in another namespace, and what the kernel gives by itself (defaults, dynamic and link-local addresses, connected routes).",
            Examples = [new("nodeagent net export > now.yaml", "the node as a document"), new("nodeagent net export br0 bond_data", "two links")],
        };
    }

    /// <summary>The state of the named links (all where none is named), with their routes.</summary>
    public static DesiredState Select(NetworkSnapshot snapshot, IReadOnlyList<string> links)
    {
        var state = SnapshotExporter.Export(snapshot);
        if (links.Count == 0) return state;
        var causes = new List<string>();
        foreach (var link in links)
        {
            if (snapshot.Find(link) is not { } found) causes.Add($"there is no link {link} on this node; nodeagent net show lists them");
            else if (!SnapshotExporter.IsDescribable(found)) causes.Add($"{link} is of type {found.Type.ToText()}, or has an end in another network namespace: a document cannot describe it");
        }

        if (causes.Count > 0) throw new CliException(ExitCode.Failed, causes);
        return new DesiredState
        {
            Interfaces = [.. state.Interfaces.Where(i => links.Contains(i.Name))],
            Routes = [.. state.Routes.Where(r => r.NextHopInterface is { } by && links.Contains(by))],
        };
    }
}
