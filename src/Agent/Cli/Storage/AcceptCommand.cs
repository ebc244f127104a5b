using System.CommandLine;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using NodeAgent.Api.V1;
using NodeAgent.Network.Remote;

namespace NodeAgent.Cli.Storage;

/// <summary>nodeagent storage accept MAP…</summary>
internal static class AcceptCommand
{
    public static CliCommand Build(string description)
    {
        var maps = new Argument<string[]>("MAP") { Description = "maps by name or WWID, in full", Arity = ArgumentArity.OneOrMore };
        return new CliCommand("accept", description)
        {
            Arguments = { maps },
            Run = run => Accept(run, run.Value(maps)!),
            Details = "For a map that is degraded because paths were taken away on purpose, as by zoning: what it has now is expected of it from then on, and more as soon as more are usable again. "
                + "Nothing of the map itself changes. A path that is still there and failed is expected as before: delete its device first if it is to go. "
                + "Refused for a map without a usable path. It takes an agent, which keeps what is expected, and the role operate. Exit code 1: at least one was not accepted.",
            Examples =
            [
                new("nodeagent storage accept mpatha", "after its LUN was zoned to 4 paths instead of 8"),
                new("nodeagent storage accept $(nodeagent storage show -o json | jq -r '.maps[] | select(.verdict==\"degraded\") | .wwid')", "every map that is degraded"),
            ],
        };
    }

    private static int Accept(Invocation run, IReadOnlyList<string> maps)
    {
        var daemon = run.Settings.Daemon;
        if (daemon.LocalBecause is { } reason) throw new CliException(ExitCode.Invalid, $"{reason} means work in this process, which cannot do it: what is expected of maps is kept by the agent");

        // Where no socket is there, nothing of sockets, HTTP or gRPC is loaded.
        if (!File.Exists(daemon.Socket)) throw Missing(daemon);
        var errors = new List<string>();
        var accepted = Ask(daemon, maps, errors);
        if (!run.PrintForPrograms(() => new JsonObject { ["maps"] = StorageJson.Maps(accepted.Select(static a => a.Map)) }))
        {
            foreach (var one in accepted) run.Out.WriteLine($"accepted: {SafeText.Of(one.Map.Reason)}{(one.FormerBestUsablePaths > one.Map.BestUsablePaths ? $" ({one.FormerBestUsablePaths} were expected before)" : "")}");
        }

        foreach (var error in errors) run.Complain(SafeText.Of(error));
        return errors.Count == 0 ? ExitCode.Done : ExitCode.Failed;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static List<AcceptPathsResponse> Ask(DaemonSettings daemon, IReadOnlyList<string> maps, List<string> errors)
    {
        try
        {
            return RemoteStorage.TryAccept(daemon.Socket, TimeProvider.System, maps, errors) ?? throw Missing(daemon);
        }
        catch (DaemonException e)
        {
            throw new CliException(ExitCode.Failed, SafeText.Of(e.MessageWithoutLocal));
        }
    }

    private static CliException Missing(DaemonSettings daemon) => new(ExitCode.Failed, daemon.NamedBy is { } named
        ? $"no agent serves {daemon.Socket}, which {named} names"
        : $"no agent serves {daemon.Socket}, and what is expected of maps is kept by the agent: `systemctl start nodeagent` starts it, `nodeagent run` in a terminal");
}
