using System.CommandLine;
using System.Text.Json.Nodes;
using NodeAgent.Cli.Documents;
using NodeAgent.Cli.Show;
using NodeAgent.Network.Model;
using NodeAgent.Network.Spec;

namespace NodeAgent.Cli.Net;

/// <summary>nodeagent net import FILE…|FOLDER, or --from-running LINK…</summary>
public static class ImportCommand
{
    public static CliCommand Build(string description)
    {
        var files = new Argument<string[]>("FILE") { Description = "nmstate documents, NodeNetworkConfigurationPolicies, folders of them, or - for standard input", Arity = ArgumentArity.ZeroOrMore };
        var running = new Option<string[]>("--from-running") { Description = "take these links as they are now", HelpName = "LINK…", AllowMultipleArgumentsPerToken = true };
        var name = new Option<string?>("--name") { Description = "name of the policy (with --from-running; default: imported)", HelpName = "NAME" };
        return new CliCommand("import", description)
        {
            Arguments = { files },
            Options = { running, name },
            Run = run =>
            {
                var sources = run.Value(files) ?? [];
                var links = run.Value(running) ?? [];
                if ((sources.Length == 0) == (links.Length == 0)) throw new CliException(ExitCode.Invalid, "give documents to import, or --from-running with links");
                return Install(run, links.Length > 0 ? [FromRunning(run, links, run.Value(name) ?? "imported")] : DocumentFiles.Read(run, sources));
            },
            Details = "The documents are checked, alone, with each other and with the policies that are there, and written to the policies folder; nothing is applied here. The daemon takes them up; without it, `nodeagent net apply` does.",
            Examples =
            [
                new("nodeagent net import nncp.yaml", "take over what kubernetes-nmstate used"),
                new("nodeagent net import /etc/nmstate", "a folder of documents"),
                new("nodeagent net import --from-running bond_mgmt bond_mgmt.10 --name management", "keep links as the installer made them"),
            ],
        };
    }

    private static PolicyDocument FromRunning(Invocation run, IReadOnlyList<string> links, string name)
    {
        var text = DocumentWriter.ToYaml(ExportCommand.Select(run.Engine.Observe(), links));
        var result = DocumentReader.Read(name + ".yaml", text);
        return result.Document is { } document ? document with { Name = name } : throw new InvalidDocumentsException(result.Errors);
    }

    private static int Install(Invocation run, IReadOnlyList<PolicyDocument> documents)
    {
        var errors = new List<SpecError>(PolicyMerge.Merge(documents).Errors);
        foreach (var document in documents)
        {
            foreach (var note in document.Notes) run.Note($"{document.File}: {note}");
            errors.AddRange(run.Engine.Plan(document, new HashSet<string>(document.AllowDisrupt)).Errors);
            if (FileName(document.Name) is null) errors.Add(new SpecError(new SourceMark(document.File, 1, 1), "metadata.name", $"{document.Name} cannot be the name of a file"));
            else if (PathOf(run, document) is var path && File.Exists(path) && File.ReadAllText(path) != document.Text) errors.Add(new SpecError(default, path, $"is there already and says something else: change that file, or give {document.File} another name"));
        }

        if (errors.Count > 0) throw new InvalidDocumentsException([.. errors.Distinct()]);
        var written = new List<string>();
        foreach (var document in documents) written.Add(Write(run, document));
        if (!run.PrintForPrograms(() => new JsonObject { ["imported"] = ShowJson.List(written, static w => JsonValue.Create(w)) }))
        {
            foreach (var path in written) run.Out.WriteLine($"imported {path}");
            run.Out.WriteLine("Nothing is applied yet: the daemon takes them up, or nodeagent net apply -f does.");
        }

        return ExitCode.Done;
    }

    private static string Write(Invocation run, PolicyDocument document)
    {
        var path = PathOf(run, document);
        try
        {
            Directory.CreateDirectory(run.Settings.Paths.PoliciesFolder);

            // The daemon must never read half a file; names that start with a dot are not policies.
            var fresh = Path.Combine(run.Settings.Paths.PoliciesFolder, $".{document.Name}.new");
            File.WriteAllText(fresh, document.Text);
            File.Move(fresh, path, overwrite: true);
            return path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCode.Failed, $"{path} cannot be written: {e.Message}");
        }
    }

    private static string PathOf(Invocation run, PolicyDocument document) => Path.Combine(run.Settings.Paths.PoliciesFolder, FileName(document.Name) + ".yaml");

    private static string? FileName(string policy) => policy.Length is > 0 and < 200 && policy[0] != '.' && policy.IndexOfAny(['/', '\0']) < 0 ? policy : null;
}
