using System.CommandLine;
using System.Text.Json.Nodes;
using NodeAgent.Cli.Documents;
using NodeAgent.Cli.Show;
using NodeAgent.Config;
using NodeAgent.Network.Model;
using NodeAgent.Network.Spec;

namespace NodeAgent.Cli.Config;

/// <summary>nodeagent config check [FILE]</summary>
public static class CheckCommand
{
    public static CliCommand Build(string description)
    {
        var file = new Argument<string?>("FILE") { Description = "the configuration file; default: as --config says", Arity = ArgumentArity.ZeroOrOne };
        return new CliCommand("check", description)
        {
            Arguments = { file },
            Run = run => Check(run, run.Value(file)),
            Details = "The policies are checked alone and with each other, not against the node: `nodeagent net plan -f` does that.",
            Examples = [new("nodeagent config check", "before a restart of the daemon"), new("nodeagent config check ./nodeagent.yaml", "before it is installed")],
        };
    }

    private static int Check(Invocation run, string? file)
    {
        var path = file ?? run.Settings.Paths.ConfigurationFile;
        var errors = new List<SpecError>(AgentConfiguration.Load(path, required: file is not null).Errors);
        var policies = new List<PolicyDocument>();
        foreach (var policy in Policies(run.Settings.Paths.PoliciesFolder))
        {
            var result = DocumentReader.Load(policy);
            errors.AddRange(result.Errors);
            if (result.Document is { } document) policies.Add(document);
        }

        var merged = PolicyMerge.Merge(policies);
        errors.AddRange(merged.Errors);
        if (merged.Errors.Count == 0) errors.AddRange(SemanticCheck.Check(merged.Desired, null));
        if (errors.Count > 0) throw new InvalidDocumentsException(errors);

        var there = File.Exists(path);
        if (run.PrintForPrograms(() => new JsonObject
        {
            ["outcome"] = "valid",
            ["file"] = there ? path : null,
            ["policies"] = ShowJson.List(policies, static p => JsonValue.Create(p.File)),
        })) return ExitCode.Done;
        run.Out.WriteLine(there ? $"{path}: no errors" : $"{path}: there is no such file, the defaults apply");
        run.Out.WriteLine(policies.Count == 0 ? $"{run.Settings.Paths.PoliciesFolder}: no policies" : $"{run.Settings.Paths.PoliciesFolder}: {policies.Count} policies, no errors");
        return ExitCode.Done;
    }

    private static IReadOnlyList<string> Policies(string folder) => Directory.Exists(folder) ? DocumentFiles.FilesOf(folder) : [];
}
