using System.CommandLine;
using System.Text.Json.Nodes;
using NodeAgent.Cli.Applying;
using NodeAgent.Cli.Documents;
using NodeAgent.Cli.Show;
using NodeAgent.Network.Model;
using NodeAgent.Network.Planning;

namespace NodeAgent.Cli.Net;

/// <summary>nodeagent net plan -f FILE… or --current FILE… --desired FILE…</summary>
public static class PlanCommand
{
    public static CliCommand Build(string description)
    {
        var files = DocumentOptions.Files(required: false);
        var current = DocumentOptions.Current();
        var desired = DocumentOptions.Desired();
        var allow = DocumentOptions.AllowDisrupt();
        var detailed = new Option<bool>("--detailed-exitcode") { Description = "exit with 3 where the plan is not empty" };
        return new CliCommand("plan", description)
        {
            Options = { files, current, desired, allow, detailed },
            Run = run =>
            {
                var options = new Options(DocumentOptions.Set(run.Value(allow)), run.Value(detailed));
                return (run.Given(files), run.Given(current), run.Given(desired)) switch
                {
                    (true, false, false) => Online(run, DocumentFiles.Read(run, run.Value(files)!), options.AllowDisrupt, options.Detailed),
                    (false, true, true) => Offline(run, run.Value(current)!, run.Value(desired)!, options),
                    _ => throw new CliException(ExitCode.Invalid, "give -f FILE to plan against this node, or --current FILE and --desired FILE to plan with files alone"),
                };
            },
            Details = "With -f: what applying the documents would do on this node now; changes nothing. With --current and --desired: from files alone, without root, daemon or kernel; the default route of the current state and --control-plane are guarded.",
            Examples =
            [
                new("nodeagent net plan -f examples/layout-a.yaml", "what applying it would do here and now"),
                new("nodeagent net plan --current examples/layout-a.yaml --desired examples/trunk-21-100.yaml", "from one document to another, anywhere"),
                new("nodeagent net plan --current a.yaml --desired b.yaml --detailed-exitcode -o json", "for a pipeline: exits with 3 where there is something to do"),
                new("nodeagent net export > now.yaml && nodeagent net plan --current now.yaml --desired new.yaml", "rehearse a change of this node"),
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

    private static int Offline(Invocation run, IReadOnlyList<string> current, IReadOnlyList<string> desired, Options options)
    {
        var state = OfflineState.Read(run, current, desired);
        foreach (var note in state.Notes) run.Note(note);
        var nodes = new JsonArray();
        var code = Show(run, state.Plan(options.AllowDisrupt, run.Settings.ControlPlane.Select(static a => a.Address)), null, nodes, options.Detailed);
        run.PrintForPrograms(() => nodes[0]!.DeepClone());
        return code;
    }

    private static int Show(Invocation run, PlanResult result, string? head, JsonArray nodes, bool detailed)
    {
        foreach (var error in result.Errors) run.Complain(error.ToString());
        if (run.Settings.Format != OutputFormat.Table)
        {
            var node = PlanJson.ToJson(result.Plan).AsObject();
            node["errors"] = ShowJson.List(result.Errors, ApplyReport.Error);
            if (head is not null) node.Insert(0, "policy", head);
            nodes.Add((JsonNode)node);
        }
        else if (result.Errors.Count == 0)
        {
            if (head is not null) run.Out.WriteLine(run.Style.Head($"policy {head}"));

            // What is refused goes to standard error, once.
            if (result.Plan.Refusals.Count == 0 || !result.Plan.IsEmpty) PlanText.Write(result.Plan with { Refusals = [] }, run.Out, run.Settings.Colour);
            run.Out.Flush();
        }

        if (result.Errors.Count > 0) return ExitCode.Invalid;
        foreach (var refusal in result.Plan.Refusals) run.Complain(refusal.Message);
        return result.Plan.Refusals.Count > 0 ? ExitCode.Refused : detailed && !result.Plan.IsEmpty ? ExitCode.Changes : ExitCode.Done;
    }

    private sealed record Options(IReadOnlySet<string> AllowDisrupt, bool Detailed);
}
