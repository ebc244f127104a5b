using NodeAgent.Api.Mapping;
using NodeAgent.Api.Nodes;
using NodeAgent.Cli.Sandbox;
using NodeAgent.Cli.Storage;
using NodeAgent.Network.Remote;
using NodeAgent.Network.View;
using NodeAgent.Verdicts;

namespace NodeAgent.Cli.Status;

/// <summary>nodeagent status</summary>
internal static class StatusCommand
{
    public static CliCommand Build(string description) => new("status", description)
    {
        Run = Show,
        Details = "What is wrong comes first, in one sentence each. Without an agent it shows what this process can see, says how to start one, and ends with exit code 1. Where no agent runs but a sandbox does, the sandbox is shown.",
        Examples =
        [
            new("nodeagent status", "the page to look at first"),
            new("nodeagent status -o json | jq .ready", "for programs"),
        ],
    };

    private static int Show(Invocation run)
    {
        var page = AgentAt(run.Settings.Daemon.Socket, run) ?? Sandbox(run) ?? Local(run);
        if (!run.PrintForPrograms(() => StatusJson.Of(page))) StatusText.Write(run, page);
        if (page.Socket is not null) return ExitCode.Done;
        run.Complain($"no agent serves {run.Settings.Daemon.Socket}: `systemctl start nodeagent` starts it, `nodeagent run` in a terminal");
        return ExitCode.Failed;
    }

    private static StatusPage? AgentAt(string socket, Invocation run)
    {
        if (run.Settings.Daemon.LocalBecause is not null || !File.Exists(socket)) return null;
        try
        {
            return RemoteNode.TryGet(socket, TimeProvider.System) is { } node ? new StatusPage(node, socket) : null;
        }
        catch (DaemonException e)
        {
            throw new CliException(ExitCode.Failed, e.Message);
        }
    }

    // For whoever tries `nodeagent run --sandbox` in another terminal; who names an agent, or its folder, wants that one.
    private static StatusPage? Sandbox(Invocation run)
    {
        var daemon = run.Settings.Daemon;
        if (daemon.Socket != new DaemonSettings().Socket || daemon.LocalBecause is not null) return null;
        foreach (var socket in SandboxSockets.Find())
        {
            if (AgentAt(socket, run) is not { } page) continue;
            run.Note($"showing the sandbox {Path.GetDirectoryName(Path.GetDirectoryName(socket))}, since no agent serves {daemon.Socket}");
            return page;
        }

        return null;
    }

    private static StatusPage Local(Invocation run)
    {
        var node = NodePage.Of(new HostFacts(run.Settings.Paths), NetworkView.Of(run.Engine), run.Host.Time.GetUtcNow());
        node.Kvm = KvmMapping.Summary(run.Host.Kvm(run.Settings));
        var verdicts = new VerdictBoard(run.Host.Time);
        StorageSummaries.Add(node, StorageAnswer.Local(run, verdicts));
        VerdictProblems.Add(node, verdicts.All);
        return new StatusPage(node, null);
    }
}
