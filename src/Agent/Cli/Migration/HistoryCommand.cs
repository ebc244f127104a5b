using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using NodeAgent.Cli.Show;

namespace NodeAgent.Cli.Migration;

/// <summary>nodeagent migration history [GUEST|ID]</summary>
internal static class HistoryCommand
{
    private const int DefaultLimit = 20;

    /// <summary>As many as the agent tells at once.</summary>
    private const int All = 10_000;

    private static readonly string s_limits = string.Create(CultureInfo.InvariantCulture, $"a number from 1 to {All}");

    public static CliCommand Build(string description)
    {
        var guest = new Argument<string?>("GUEST|ID") { Description = "only of this guest (NAMESPACE/NAME, the domain's name, its UUID), or one migration in full by its id", Arity = ArgumentArity.ZeroOrOne };
        var limit = NumberOption.Of("--limit", s_limits);
        limit.Description = $"at most so many, the newest first [{DefaultLimit}]";
        return new CliCommand("history", description)
        {
            Arguments = { guest },
            Options = { limit },
            Run = run => Show(run, run.Value(guest), run.Value(limit)),
            Details = "Kept on disk over restarts of the agent, also of guests that are gone. OUTCOME unknown: it ended while nobody looked, or the guest's process ended before it said how; the reason stands below. SENT is what went over the wire. One migration in full has its passes, its phases and how the verdict went.",
            Examples =
            [
                new("nodeagent migration history", "the last ones"),
                new("nodeagent migration history prod/db-1 --limit 5", "of one guest"),
                new("nodeagent migration history -o json | jq '.migrations[] | select(.phase==\"failed\") | .error'", "for programs"),
            ],
        };
    }

    private static int Show(Invocation run, string? name, int? asked)
    {
        if (asked is < 1 or > All) throw new CliException(ExitCode.Invalid, $"--limit {asked}: expected {s_limits}");
        return MigrationAgent.Ask(run, agent =>
        {
            var limit = asked ?? DefaultLimit;
            var found = agent.History("", name is null ? limit : All);
            if (name is not null && found.FirstOrDefault(m => m.Id == name) is { } one)
            {
                if (!run.PrintForPrograms(() => MigrationJson.Of(one, details: true))) Write(run, HistoryText.One(one, run.Host.Time.LocalTimeZone, run.Style, run.Settings.Width));
                return ExitCode.Done;
            }

            var filter = new GuestFilter(name);
            IReadOnlyList<Api.V1.Migration> shown = [.. found.Where(m => filter.Takes(m.Guest)).Take(limit)];
            if (!run.PrintForPrograms(() => new JsonObject { ["migrations"] = ShowJson.List(shown, static m => MigrationJson.Of(m, details: true)) }))
                Write(run, HistoryText.Lines(shown, name, run.Host.Time.LocalTimeZone, run.Style, run.Settings.Width));
            return ExitCode.Done;
        });
    }

    private static void Write(Invocation run, IEnumerable<string> lines)
    {
        foreach (var line in lines) run.Out.WriteLine(line);
    }
}
