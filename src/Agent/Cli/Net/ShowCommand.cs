using System.CommandLine;
using NodeAgent.Cli.Show;
using NodeAgent.Network.View;

namespace NodeAgent.Cli.Net;

/// <summary>nodeagent net show [LINK]</summary>
public static class ShowCommand
{
    public static CliCommand Build(string description)
    {
        var link = new Argument<string?>("LINK") { Description = "one link in full", Arity = ArgumentArity.ZeroOrOne };
        return new CliCommand("show", description)
        {
            Arguments = { link },
            Run = run => Show(run, run.Value(link)),
            Details = "Problems come first, then the tree: a bridge, beneath it its uplinks, what sits on it and its guests. Many guests are one line; -v lists each.",
            Examples =
            [
                new("nodeagent net show", "the page to look at first"),
                new("nodeagent net show bond_data", "one link in full: options, addresses, routes, what hangs on it"),
                new("nodeagent net show -o json | jq '.problems'", "for programs"),
            ],
        };
    }

    private static int Show(Invocation run, string? name)
    {
        var view = NetworkView.Of(run.Engine);
        if (name is null)
        {
            if (!run.PrintForPrograms(() => ShowJson.Of(view))) ShowText.Write(run, view);
            return ExitCode.Done;
        }

        if (view.Snapshot.Find(name) is not { } link)
        {
            throw new CliException(ExitCode.Failed, $"there is no link {name} on this node{Similar(view, name)}");
        }

        if (!run.PrintForPrograms(() => LinkJson.Of(view, link))) ShowLinkText.Write(run, view, link);
        return ExitCode.Done;
    }

    private static string Similar(NetworkView view, string name)
    {
        var near = view.Snapshot.Links.Keys.Where(l => l.Contains(name, StringComparison.OrdinalIgnoreCase) || name.Contains(l, StringComparison.OrdinalIgnoreCase)).Order(StringComparer.Ordinal).Take(5).ToList();
        return near.Count == 0 ? "; nodeagent net show lists them" : $"; there is {string.Join(", ", near)}";
    }
}
