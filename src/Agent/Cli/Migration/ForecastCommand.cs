using System.CommandLine;
using NodeAgent.Migration.Traces;

namespace NodeAgent.Cli.Migration;

/// <summary>nodeagent migration forecast --trace FILE</summary>
public static class ForecastCommand
{
    public static CliCommand Build(string description)
    {
        var trace = new Option<string?>("--trace") { HelpName = "FILE", Description = "a recorded timeline: QMP lines or libvirt job statistics, told apart by the first line; - for standard input" };
        return new CliCommand("forecast", description)
        {
            Options = { trace },
            Run = run => run.Value(trace) is { } name
                ? Show(run, name)
                : throw new CliException(Cli.ExitCode.Invalid, "give --trace FILE, a recorded timeline; forecasts for the migrations of this node are not there yet"),
            Details = "Plays the timeline through the forecaster and prints a line for each decision: another verdict, limiting factor, pass or advice, and once a second the interval for the end as it is then. The last line is how it ended. A file with a broken line prints its errors and nothing else.\n\nVerdicts: too-early, converging, slow, stagnating, will-not-converge, switching-over, done, failed, cancelled. Times are the timeline's own, in seconds. No latest end (null for programs): it may go on for ever.",
            Examples =
            [
                new("nodeagent migration forecast --trace tests/fixtures/migrations/lab/q100-converging.jsonl", "what could be said, and when"),
                new("nodeagent migration forecast --trace tests/fixtures/migrations/held-out/stagnating.jsonl -o json", "one JSON object a line"),
                new("zcat timeline.jsonl.gz | nodeagent migration forecast --trace -", "from a compressed recording"),
            ],
        };
    }

    private static int Show(Invocation run, string name)
    {
        var trace = TraceReader.Read(name, Content(run, name));
        if (trace.Errors.Count > 0) throw new CliException(Cli.ExitCode.Invalid, [.. trace.Errors.Select(static e => e.ToString())]);
        foreach (var note in trace.Notes) run.Note($"{name}: {note}");
        var decisions = trace.Decide();
        switch (run.Settings.Format)
        {
            case OutputFormat.Table:
                ForecastTable.Write(run, decisions);
                break;
            case OutputFormat.Json:
                foreach (var decision in decisions) NodeText.WriteLine(run.Out, ForecastJson.Of(decision));
                break;
            default:
                foreach (var decision in decisions)
                {
                    run.Out.WriteLine("---");
                    NodeText.Write(run.Out, ForecastJson.Of(decision), OutputFormat.Yaml);
                }

                break;
        }

        return Cli.ExitCode.Done;
    }

    private static ReadOnlyMemory<byte> Content(Invocation run, string name)
    {
        try
        {
            using var stream = name == "-" ? run.Host.In() : File.OpenRead(name);
            using var content = new MemoryStream();
            var buffer = new byte[1 << 16];
            for (int read; (read = stream.Read(buffer)) > 0;)
            {
                if (content.Length + read > TraceReader.MostBytes) throw new CliException(Cli.ExitCode.Invalid, $"{name}: longer than {TraceReader.MostBytes >> 20} MiB, which is no timeline of a migration");
                content.Write(buffer, 0, read);
            }

            return content.GetBuffer().AsMemory(0, (int)content.Length);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CliException(Cli.ExitCode.Invalid, $"{name}: there is no such file");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CliException(Cli.ExitCode.Invalid, $"{name}: {(Directory.Exists(name) ? "is a folder, not a timeline" : e.Message)}");
        }
    }
}
