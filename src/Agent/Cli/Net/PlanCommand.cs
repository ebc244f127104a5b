using System.CommandLine;
using System.Text.Json.Nodes;
using NodeAgent.Cli.Applying;
using NodeAgent.Cli.Documents;
using NodeAgent.Cli.Show;
using NodeAgent.Network.Model;
using NodeAgent.Network.Planning;

namespace NodeAgent.Cli.Net;

/// <summary>nodeagent net plan -f FILE… or --current FILE --desired FILE…</summary>
public static class PlanCommand
{
    public static CliCommand Build(string description)
    {
        var files = DocumentOptions.Files(required: false);
        var allow = DocumentOptions.AllowDisrupt();
        var detailed = new Option<bool>("--detailed-exitcode") { Description = "exit with 3 where the plan is not empty" };
        return new CliCommand("plan", description)
        {
            Options = { files, allow, detailed },
            Run = run => Online(run, DocumentFiles.Read(run, run.Value(files) ?? []), DocumentOptions.Set(run.Value(allow)), run.Value(detailed)),
            Examples =
            [
                new("nodeagent net plan -f examples/layout-a.yaml", "what applying it would do here and now"),
            ],
        };
    }

    /// <summary>Plans against the node; changes nothing.</summary>
    public static int Online(Invocation run, IReadOnlyList<PolicyDocument> documents, IReadOnlySet<string> allow, bool detailed)
    {
        var code = ExitCode.Done;
        var nodes = new JsonArray();
        foreach (var document in documents)
        {
            foreach (var note in document.Notes) run.Note(note);
            var one = Show(run, run.Engine.Plan(document, allow), documents.Count > 1 ? document.Name : null, nodes, detailed);
            if (code is ExitCode.Done or ExitCode.Changes && one != ExitCode.Done) code = one;
        }

        run.PrintForPrograms(() => nodes.Count == 1 ? nodes[0]!.DeepClone() : new JsonObject { ["plans"] = nodes });
        return code;
    }

    private static int Show(Invocation run, PlanResult result, string? head, JsonArray nodes, bool detailed)
    {
        foreach (var error in result.Errors) run.Complain(error.ToString());
        var node = PlanJson.ToJson(result.Plan).AsObject();
        node["errors"] = ShowJson.List(result.Errors, ApplyReport.Error);
        if (head is not null) node.Insert(0, "policy", head);
        nodes.Add((JsonNode)node);
        if (result.Errors.Count > 0) return ExitCode.Invalid;
        if (run.Settings.Format == OutputFormat.Table)
        {
            if (head is not null) run.Out.WriteLine(run.Style.Head($"policy {head}"));
            // What is refused goes to standard error, once.
            PlanText.Write(result.Plan with { Refusals = [] }, run.Out, run.Settings.Colour);
        }

        run.Out.Flush();
        foreach (var refusal in result.Plan.Refusals) run.Complain(refusal.Message);
        return result.Plan.Refusals.Count > 0 ? ExitCode.Refused : detailed && !result.Plan.IsEmpty ? ExitCode.Changes : ExitCode.Done;
    }
}
