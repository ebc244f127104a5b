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
            Flags = new ConfigurationFlags(),
            ChecksConfiguration = true,
            Run = run => Check(run, run.Value(file)),
            Details = "Says what is wrong with the configuration, with the certificates and the group it names, and with the policies; or what a daemon started with the same options and environment has in force, and from where. The policies are checked alone and with each other, not against the node: `nodeagent net plan -f` does that.",
            Examples = [new("nodeagent config check", "before a restart or reload of the daemon"), new("nodeagent config check ./nodeagent.yaml", "before it is installed")],
        };
    }

    private static int Check(Invocation run, string? file)
    {
        var source = file is null ? run.Settings.Source : run.Settings.Source with { File = file, Required = true };
        var result = source.Read();
        var paths = HostPaths.Of(result.Configuration, source.File);
        var errors = new List<SpecError>(result.Errors);
        if (errors.Count == 0) errors.AddRange(ReferencedFiles.Errors(result));
        var policies = Policies(paths.PoliciesFolder, errors);
        if (errors.Count > 0) throw new InvalidDocumentsException(errors);

        var there = File.Exists(source.File);
        var settings = SettingsInForce.Of(result, paths);
        if (run.PrintForPrograms(() => new JsonObject
        {
            ["outcome"] = "valid",
            ["file"] = there ? source.File : null,
            ["policies"] = ShowJson.List(policies, static p => JsonValue.Create(p.File)),
            ["settings"] = ShowJson.List(settings, static s => new JsonObject { ["key"] = s.Key, ["value"] = s.Value, ["from"] = s.From }),
        })) return ExitCode.Done;
        run.Out.WriteLine(there ? $"{source.File}: no errors" : $"{source.File}: there is no such file, the defaults apply");
        run.Out.WriteLine(policies.Count == 0 ? $"{paths.PoliciesFolder}: no policies" : $"{paths.PoliciesFolder}: {policies.Count} policies, no errors");
        run.Out.WriteLine();
        var table = new TextTable("KEY", "VALUE", "FROM");
        foreach (var setting in settings) table.Add(setting.Key, setting.Value, setting.From);
        table.Write(run.Out, run.Style, run.Settings.Width);
        return ExitCode.Done;
    }

    // Each alone, then all together.
    private static List<PolicyDocument> Policies(string folder, List<SpecError> errors)
    {
        var policies = new List<PolicyDocument>();
        foreach (var policy in Directory.Exists(folder) ? DocumentFiles.FilesOf(folder) : [])
        {
            var result = DocumentReader.Load(policy);
            errors.AddRange(result.Errors);
            if (result.Document is { } document) policies.Add(document);
        }

        var merged = PolicyMerge.Merge(policies);
        errors.AddRange(merged.Errors);
        if (merged.Errors.Count == 0) errors.AddRange(SemanticCheck.Check(merged.Desired, null));
        return policies;
    }
}
