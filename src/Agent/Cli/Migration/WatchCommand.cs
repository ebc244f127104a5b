using System.CommandLine;
using NodeAgent.Api.V1;

namespace NodeAgent.Cli.Migration;

/// <summary>nodeagent migration watch [GUEST]</summary>
internal static class WatchCommand
{
    public static CliCommand Build(string description)
    {
        var guest = new Argument<string?>("GUEST") { Description = "only migrations of this guest: NAMESPACE/NAME, the domain's name, or its UUID", Arity = ArgumentArity.ZeroOrOne };
        var untilDone = new Option<bool>("--until-done") { Description = "end once no migration is under way; exit code 1 where one did not complete, or where there is no such guest" };
        return new CliCommand("watch", description)
        {
            Arguments = { guest },
            Options = { untilDone },
            Run = run => Follow(run, run.Value(guest), run.Value(untilDone)),
            Details = "On a terminal a table that is redrawn: for each guest how much of its memory is there, the rate, the pass, and a sentence on how it will go. Elsewhere a line for each start, phase, pass, verdict and end. "
                + "-o json prints an object a line: event is start, sample (the whole migration as it is now), started, phase, pass, verdict, ended, lost or resumed; passes and verdicts are all there, samples the newest. "
                + "Verdicts: too-early, converging, slow, stagnating, will-not-converge, switching-over, done, failed, cancelled. An agent that is restarted is waited for up to 30 s. Ends with Ctrl-C.",
            Examples =
            [
                new("nodeagent migration watch", "look on"),
                new("nodeagent migration watch prod/db-1 --until-done", "wait for one guest"),
                new("nodeagent migration watch -o json | jq -c 'select(.event==\"verdict\") | {guest: .guest.name, verdict}'", "one JSON object a line"),
            ],
        };
    }

    private static int Follow(Invocation run, string? guest, bool untilDone) => run.Host.Interruptible(stop => MigrationAgent.Ask(run, agent =>
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var replica = new MigrationReplica();
        var wanted = new GuestFilter(guest);
        var live = run.Settings.Format == OutputFormat.Table && run.Host.OutIsTerminal && run.Host.Environment("TERM") != "dumb";
        string? missing = null;
        var isKnown = guest is null;
        using WatchOutput output = live ? new LiveWatch(run, replica, wanted) : new LineWatch(run, replica, wanted);
        agent.WatchAsync(() => (replica.Epoch, replica.Version), Take, output.Lost, ended.Token).GetAwaiter().GetResult();
        if (missing is not null) throw new CliException(ExitCode.Failed, $"{missing}, and no migration of it is told of");
        return untilDone && replica.Migrations.Any(m => wanted.Takes(m.Guest) && m.IsOver() && m.Phase != MigrationPhase.Completed) ? ExitCode.Failed : ExitCode.Done;

        void Take(WatchMigrationsResponse message)
        {
            output.Take(message);
            if (!isKnown && replica.Started) Look();
            if (untilDone && replica.Started && replica.Migrations.All(m => !wanted.Takes(m.Guest) || m.IsOver())) ended.Cancel();
        }

        // A name that nobody has would be watched for ever, or be called done.
        void Look()
        {
            isKnown = true;
            if (replica.Migrations.Any(m => wanted.Takes(m.Guest))) return;
            var guests = agent.Guests();
            if (guests.Any(g => wanted.Takes(g.Ref))) return;
            if (untilDone) missing = GuestFilter.Missing(guests, guest!);
            else run.Note($"{GuestFilter.Missing(guests, guest!)}; it is waited for");
        }
    }));
}
