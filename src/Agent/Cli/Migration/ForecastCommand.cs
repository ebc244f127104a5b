using System.CommandLine;
using NodeAgent.Migration.Traces;

namespace NodeAgent.Cli.Migration;

/// <summary>nodeagent migration forecast, of this node or of a recorded timeline</summary>
public static class ForecastCommand
{
    public static CliCommand Build(string description)
    {
        var trace = new Option<string?>("--trace") { HelpName = "FILE", Description = "a recorded timeline: QMP lines or libvirt job statistics, told apart by the first line; - for standard input" };
        var drain = new DrainCommand();
        var command = new CliCommand("forecast", description)
        {
            Run = run =>
            {
                if (run.Value(trace) is not { } name) return drain.Show(run);
                return drain.Given(run) is { } option ? throw new CliException(Cli.ExitCode.Invalid, $"--trace and {option} exclude each other: {option} is for the guests of this node") : Show(run, name);
            },
            Details = "Of this node: how long it takes to move every guest away, so many at a time, and which guests stand in the way, before anyone drains it. Each guest's verdict is of its own migration, with its share of the bandwidth; what dirties memory faster than that blocks it. "
                + "Dirty rates are those measured last (`nodeagent migration measure`); of a guest that was never measured at most half of its bandwidth is taken for it. Nothing is done to any guest.\n\n"
                + "With --trace: plays the timeline through the forecaster and prints a line for each decision: another verdict, limiting factor, pass or advice, and once a second the interval for the end as it is then. The last line is how it ended. A file with a broken line prints its errors and nothing else. Times are the timeline's own, in seconds.\n\n"
                + "Verdicts: too-early, converging, slow, stagnating, will-not-converge, switching-over, done, failed, cancelled. No latest end (null for programs): it may go on for ever.",
            Examples =
            [
                new("nodeagent migration forecast --parallel 2 --bandwidth 10Gbit/s", "how long a drain of this node takes, and what blocks it"),
                new("nodeagent migration forecast --guest prod/db-1 --bandwidth 64MiB/s --downtime 500ms", "one guest"),
                new("nodeagent migration forecast -o json | jq '.guests[] | select(.blockers != []) | .guest.name'", "for programs"),
                new("nodeagent migration forecast --trace tests/fixtures/migrations/lab/q100-converging.jsonl", "what could be said of a recorded migration, and when"),
                new("zcat timeline.jsonl.gz | nodeagent migration forecast --trace - -o json", "one JSON object a line"),
            ],
        };
        foreach (var option in drain.Options) command.Options.Add(option);
        command.Options.Add(trace);
        return command;
    }

    private static int Show(Invocation run, string name)
    {
        var shown = SafeText.Of(name);
        var trace = TraceReader.Read(shown, Content(run, name, shown));
        if (trace.Errors.Count > 0) throw new CliException(Cli.ExitCode.Invalid, [.. trace.Errors.Select(static e => e.ToString())]);
        foreach (var note in trace.Notes) run.Note($"{shown}: {SafeText.Of(note)}");
        var decisions = trace.Decide();
        if (run.Settings.Format == OutputFormat.Table) ForecastTable.Write(run, decisions);
        else foreach (var decision in decisions) run.PrintOne(ForecastJson.Of(decision));

        return Cli.ExitCode.Done;
    }

    private static ReadOnlyMemory<byte> Content(Invocation run, string name, string shown)
    {
        if (name.Length == 0) throw new CliException(Cli.ExitCode.Invalid, "--trace: expected a file, or - for standard input, found an empty name");
        try
        {
            using var stream = name == "-" ? run.Host.In() : File.OpenRead(name);
            using var content = new MemoryStream();
            var buffer = new byte[1 << 16];
            for (int read; (read = stream.Read(buffer)) > 0;)
            {
                if (content.Length + read > TraceReader.MostBytes) throw new CliException(Cli.ExitCode.Invalid, $"{shown}: longer than {TraceReader.MostBytes >> 20} MiB, which is no timeline of a migration");
                content.Write(buffer, 0, read);
            }

            return content.GetBuffer().AsMemory(0, (int)content.Length);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CliException(Cli.ExitCode.Invalid, $"{shown}: there is no such file");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CliException(Cli.ExitCode.Invalid, $"{shown}: {(Directory.Exists(name) ? "is a folder, not a timeline" : SafeText.Of(e.Message))}");
        }
    }
}
