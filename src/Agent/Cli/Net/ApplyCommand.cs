using System.CommandLine;
using System.Text.Json.Nodes;
using NodeAgent.Cli.Applying;
using NodeAgent.Cli.Documents;
using NodeAgent.Cli.Show;
using NodeAgent.Network.Applying;
using NodeAgent.Network.Model;
using NodeAgent.Network.Spec;

namespace NodeAgent.Cli.Net;

/// <summary>nodeagent net apply -f FILE…</summary>
public static class ApplyCommand
{
    public static CliCommand Build(string description)
    {
        var files = DocumentOptions.Files(required: true);
        var allow = DocumentOptions.AllowDisrupt();
        var confirm = new Option<string?>("--confirm") { Description = "roll back unless `net confirm` comes within this time: 30s, 2m", HelpName = "TIME" };
        var probe = new Option<string[]>("--probe")
        {
            Description = "what must work after the change: tcp:HOST:PORT, gateway, gateway:ADDR, or none; default: the default gateway and the control plane",
            HelpName = "PROBE…",
        };
        var dryRun = new Option<bool>("--dry-run") { Description = "show the plan and change nothing" };
        return new CliCommand("apply", description)
        {
            Options = { files, allow, confirm, probe, dryRun },
            Run = run =>
            {
                var documents = DocumentFiles.Read(run, run.Value(files) ?? []);
                if (run.Value(dryRun)) return PlanCommand.Online(run, documents, DocumentOptions.Set(run.Value(allow)), detailed: false);
                return Apply(run, documents, new Options(DocumentOptions.Set(run.Value(allow)), Confirm(run.Value(confirm)), Probes(run.Value(probe))));
            },
            Details = "Every document is one transaction: planned, written to the journal, applied, read back, probed, and kept; or rolled back. Interrupted (Ctrl-C, SIGTERM) it is rolled back too.",
            Examples =
            [
                new("nodeagent net apply -f examples/layout-a.yaml", "apply a document and keep it in force as a policy"),
                new("nodeagent net apply -f change.yaml --confirm 30s", "undone after 30 s unless `nodeagent net confirm` comes from another session"),
                new("nodeagent net apply -f change.yaml --probe tcp:172.16.0.10:6443", "undone unless the API server is reached after it"),
                new("nodeagent net apply -f change.yaml --allow-disrupt bond_mgmt", "let it cut what runs over bond_mgmt"),
            ],
        };
    }

    // Null where no --probe was given: the document's probes or the defaults apply.
    private static IReadOnlyList<ProbeSpec>? Probes(string[]? values) =>
        values is not { Length: > 0 } ? null : ProbeText.Parse(values, out var problem) ?? throw new CliException(ExitCode.Invalid, "--probe " + problem);

    private static int Apply(Invocation run, IReadOnlyList<PolicyDocument> documents, Options options)
    {
        var results = new List<(PolicyDocument Document, ApplyResult Result)>();
        foreach (var document in documents)
        {
            foreach (var note in document.Notes) run.Note(note);
            var request = new ApplyRequest { Document = document, AllowDisrupt = options.AllowDisrupt, Confirm = options.Confirm, Probes = options.Probes };
            var result = Running.Transaction(run, (progress, stop) => run.EngineToChange.Apply(request, progress, stop));
            results.Add((document, result));
            if (ApplyReport.ExitCodeOf(result.Outcome) != ExitCode.Done) break;
        }

        return Report(run, documents, results);
    }

    private static int Report(Invocation run, IReadOnlyList<PolicyDocument> documents, List<(PolicyDocument Document, ApplyResult Result)> results)
    {
        run.PrintForPrograms(() => documents.Count == 1
            ? Node(results[0])
            : new JsonObject { ["results"] = ShowJson.List(results, Node) });
        foreach (var (document, result) in results)
        {
            ApplyReport.Complain(run, result);
            if (run.Settings.Format == OutputFormat.Table && ApplyReport.ExitCodeOf(result.Outcome) == ExitCode.Done) run.Out.WriteLine($"{document.Name}: {result.Message}");
        }

        foreach (var document in documents.Skip(results.Count)) run.Note($"{document.Name} ({document.File}) was not tried");
        return ApplyReport.ExitCodeOf(results[^1].Result.Outcome);

        static JsonObject Node((PolicyDocument Document, ApplyResult Result) one)
        {
            var node = ApplyReport.Node(one.Result);
            node.Insert(0, "policy", one.Document.Name);
            return node;
        }
    }

    private static TimeSpan? Confirm(string? text)
    {
        if (text is null) return null;
        return Durations.TryParse(text, out var time) && time > TimeSpan.Zero ? time : throw new CliException(ExitCode.Invalid, $"--confirm {text}: expected a time such as 30s or 2m");
    }

    private sealed record Options(IReadOnlySet<string> AllowDisrupt, TimeSpan? Confirm, IReadOnlyList<ProbeSpec>? Probes);
}
