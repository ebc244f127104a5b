using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using NodeAgent.Api.V1;
using NodeAgent.Api.Watching;
using NodeAgent.Cli.Show;
using NodeAgent.Network.Remote;

namespace NodeAgent.Cli.Storage;

/// <summary>nodeagent storage watch</summary>
internal static class WatchCommand
{
    public static CliCommand Build(string description) => new("watch", description)
    {
        Run = Follow,
        Details = "First the present state as a summary, then a line for each change: time, map, path, what changed, from -> to, and for a verdict the sentence that goes with it. Ends with Ctrl-C.",
        Examples =
        [
            new("nodeagent storage watch", "follow paths and verdicts by eye"),
            new("nodeagent storage watch -o json | jq -c 'select(.field==\"verdict\")'", "one JSON object a line"),
        ],
    };

    private static int Follow(Invocation run) => run.Host.Interruptible(stop =>
    {
        var replica = new StorageReplica();
        var socket = StorageAnswer.AgentSocket(run);
        if (socket is not null && Remote(run, socket, replica, stop)) return ExitCode.Done;
        if (socket is not null) StorageAnswer.Missing(run);
        Local(run, replica, stop);
        return ExitCode.Done;
    });

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool Remote(Invocation run, string socket, StorageReplica replica, CancellationToken stop)
    {
        try
        {
            return RemoteStorage.TryWatch(socket, TimeProvider.System, () => (replica.Epoch, replica.Version), message => Take(run, replica, message), stop);
        }
        catch (DaemonException e)
        {
            throw new CliException(ExitCode.Failed, e.Message);
        }
    }

    private static void Local(Invocation run, StorageReplica replica, CancellationToken stop)
    {
        using var store = StorageAnswer.Store(run);
        using var monitor = run.Host.StorageMonitor(run.Settings, store);
        var view = new StorageView(store, run.Host.Time);
        try
        {
            new Watch<WatchStorageResponse>(view, (message, _) => { Take(run, replica, message); return Task.CompletedTask; }, new WatchStart(0, 0, WatchStart.DefaultHeartbeat), run.Host.Time).RunAsync(stop).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
        }
    }

    private static void Take(Invocation run, StorageReplica replica, WatchStorageResponse message)
    {
        if (message.Heartbeat) return;
        var first = !replica.Started;
        if (replica.Take(message) is not { } changes) return;
        var time = message.Time.ToDateTimeOffset();
        if (first) PrintSummary(run, replica, time);
        foreach (var change in changes) Print(run, change, time);
        run.Out.Flush();
    }

    private static void PrintSummary(Invocation run, StorageReplica replica, DateTimeOffset time)
    {
        var well = replica.Maps.Count(static m => m.Severity == Severity.Ok);
        if (run.Settings.Format != OutputFormat.Table)
        {
            run.PrintOne(new JsonObject { ["time"] = ShowJson.Time(time), ["event"] = "start", ["source"] = StorageWords.Of(replica.Source!.State), ["maps"] = replica.Maps.Count, ["healthy"] = well });
            return;
        }

        var maps = replica.Maps.Count == 0 ? "no multipath maps" : $"{Plural.Of(replica.Maps.Count, "multipath map")} ({well} without problems)";
        run.Out.WriteLine($"{run.Clock(time)}  watching {maps}, {replica.Source!.Reason}; Ctrl-C ends");
        foreach (var map in replica.Maps.Where(static m => m.Severity != Severity.Ok)) run.Out.WriteLine($"{run.Clock(time)}  {map.Name,-15}  {StorageWords.Paint(map.Severity, run.Style)(StorageWords.Of(map.Verdict))}: {map.Reason}");
    }

    private static void Print(Invocation run, StorageChange change, DateTimeOffset time)
    {
        if (run.Settings.Format != OutputFormat.Table)
        {
            run.PrintOne(new JsonObject
            {
                ["time"] = ShowJson.Time(time),
                ["event"] = "change",
                [change.Kind] = change.Name,
                ["path"] = change.Path,
                ["field"] = change.Field,
                ["from"] = Known(change.From),
                ["to"] = Known(change.To),
                ["sentence"] = change.Sentence,
            });
            return;
        }

        var name = change.Kind == "source" ? "" : change.Name;
        var subject = change.Path is null ? "" : change.Path + " ";
        var text = change switch
        {
            { From: null } => $"+ {subject}{change.Field} {change.To}".TrimEnd(),
            { To: null } => $"- {subject}{change.Field} {change.From}".TrimEnd(),
            _ => $"~ {subject}{change.Field} {Known(change.From) ?? "-"} -> {Known(change.To) ?? "-"}",
        };
        if (change.Severity is { } severity) text = StorageWords.Paint(severity, run.Style)(text);
        else if (change.Path is not null) text = Paint(run.Style, change, text);
        run.Out.WriteLine($"{run.Clock(time)}  {name,-15}  {text}{(change.Sentence is null ? "" : ": " + change.Sentence)}");
    }

    // The empty text is the API's word for what is not known.
    private static string? Known(string? text) => text is { Length: > 0 } ? text : null;

    private static string Paint(Style style, StorageChange change, string text) => change.To switch
    {
        "active" or "ready" or "running" => style.Good(text),
        null or "failed" or "faulty" or "offline" or "transport-offline" => style.Bad(text),
        _ => text,
    };
}
