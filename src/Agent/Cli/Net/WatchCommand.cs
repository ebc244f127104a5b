using System.Text.Json.Nodes;
using NodeAgent.Cli.Show;
using NodeAgent.Cli.Watch;

namespace NodeAgent.Cli.Net;

/// <summary>nodeagent net watch</summary>
public static class WatchCommand
{
    public static CliCommand Build(string description) => new("watch", description)
    {
        Run = Follow,
        Details = "First the present state as a summary, then a line for each change: time, link, field, from -> to. Ends with Ctrl-C.",
        Examples =
        [
            new("nodeagent net watch", "follow the network by eye"),
            new("nodeagent net watch -o json | jq -c 'select(.link==\"br0\")'", "one JSON object a line"),
        ],
    };

    private static int Follow(Invocation run) => run.Host.Interruptible(stop =>
    {
        var tracker = new ChangeTracker();
        run.Engine.Watch(
            change =>
            {
                var first = !tracker.Started;
                var events = tracker.Apply(change);
                var now = run.Host.Time.GetUtcNow();
                if (first) PrintSummary(run, change.Snapshot, now);
                else if (change.Links is null) PrintRelisted(run, change.Reason, now);
                foreach (var one in events) Print(run, one, now);
                run.Out.Flush();
            },
            stop);
        return ExitCode.Done;
    });

    private static void PrintSummary(Invocation run, Network.Model.NetworkSnapshot snapshot, DateTimeOffset now)
    {
        var up = snapshot.Links.Values.Count(static l => l.Up && l.Carrier);
        if (run.Settings.Format == OutputFormat.Table) run.Out.WriteLine($"{run.Clock(now)}  watching {snapshot.Links.Count} links ({up} up) and {snapshot.Routes.Count} routes; Ctrl-C ends");
        else run.PrintOne(new JsonObject { ["time"] = ShowJson.Time(now), ["event"] = "start", ["links"] = snapshot.Links.Count, ["up"] = up, ["routes"] = snapshot.Routes.Count });
    }

    private static void PrintRelisted(Invocation run, string reason, DateTimeOffset now)
    {
        if (run.Settings.Format == OutputFormat.Table) run.Out.WriteLine($"{run.Clock(now)}  {run.Style.Faint(reason)}");
        else run.PrintOne(new JsonObject { ["time"] = ShowJson.Time(now), ["event"] = "relisted", ["reason"] = reason });
    }

    private static void Print(Invocation run, LinkChange change, DateTimeOffset now)
    {
        if (run.Settings.Format != OutputFormat.Table)
        {
            run.PrintOne(new JsonObject
            {
                ["time"] = ShowJson.Time(now),
                ["event"] = "change",
                ["link"] = change.Link,
                ["field"] = change.Field,
                ["from"] = change.From,
                ["to"] = change.To,
            });
            return;
        }

        var style = run.Style;
        var text = change switch
        {
            { From: null } => style.Good($"+ {change.Field} {change.To}".TrimEnd()),
            { To: null } => style.Bad($"- {change.Field} {change.From}".TrimEnd()),
            _ => $"~ {change.Field} {change.From} -> {change.To}",
        };
        run.Out.WriteLine($"{run.Clock(now)}  {change.Link,-15}  {text}");
    }
}
