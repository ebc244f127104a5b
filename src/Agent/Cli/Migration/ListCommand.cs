using System.CommandLine;
using System.Text.Json.Nodes;
using NodeAgent.Cli.Show;

namespace NodeAgent.Cli.Migration;

/// <summary>nodeagent migration list</summary>
internal static class ListCommand
{
    public static CliCommand Build(string description)
    {
        var guests = new Option<bool>("--guests") { Description = "the guests of the node too: their memory, measured dirty rate, how they are read, what blocks a migration" };
        return new CliCommand("list", description)
        {
            Options = { guests },
            Run = run => Show(run, run.Value(guests)),
            Details = "What is in trouble comes first, each with what limits it and what would make it finish. REMAINING is what is left of the guest's memory, RATE what is sent, DIRTIED what the guest dirties, each page once in the last pass. "
                + "ENDS IN is always a range. A destination has no figures of its own. Columns that are empty, or do not fit, are left out; -o json has all.",
            Examples =
            [
                new("nodeagent migration list", "what moves, and will it finish"),
                new("nodeagent migration list --guests", "and who runs here"),
                new("nodeagent migration list -o json | jq '.migrations[] | select(.verdict==\"will-not-converge\") | .forecast.advice'", "for programs"),
            ],
        };
    }

    private static int Show(Invocation run, bool withGuests) => MigrationAgent.Ask(run, agent =>
    {
        var (migrations, guests) = (agent.List(), agent.Guests());
        if (!run.PrintForPrograms(() => new JsonObject
        {
            ["time"] = MigrationJson.Time(migrations.Time),
            ["migrations"] = ShowJson.List(migrations.Migrations, static m => MigrationJson.Of(m, details: true)),
            ["guests"] = ShowJson.List(guests, MigrationJson.Of),
        }))
        {
            var last = migrations.Migrations.Count == 0 ? agent.History("", 1) : [];
            foreach (var line in ListText.Lines(migrations.Migrations, guests, last.Count > 0 ? last[0] : null, withGuests, migrations.Time?.ToDateTimeOffset() ?? run.Host.Time.GetUtcNow(), run.Style, run.Settings.Width)) run.Out.WriteLine(line);
        }

        return ExitCode.Done;
    });
}
