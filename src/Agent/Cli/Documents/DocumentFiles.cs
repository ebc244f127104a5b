using NodeAgent.Network.Model;
using NodeAgent.Network.Spec;

namespace NodeAgent.Cli.Documents;

/// <summary>Reads what -f names: files, folders of *.yaml and *.yml, and "-" for standard input.</summary>
public static class DocumentFiles
{
    /// <summary>Every document named; all errors of all of them at once, and nothing where there is one.</summary>
    public static IReadOnlyList<PolicyDocument> Read(Invocation run, IReadOnlyList<string> names)
    {
        var documents = new List<PolicyDocument>();
        var errors = new List<SpecError>();
        foreach (var name in names)
        {
            if (name == "-") Take(Read(run.Host.In));
            else if (!Directory.Exists(name)) Take(DocumentReader.Load(name));
            else if (FilesOf(name) is { Count: > 0 } files) files.ForEach(f => Take(DocumentReader.Load(f)));
            else errors.Add(new SpecError(default, name, "the folder has no *.yaml or *.yml file"));
        }

        for (var i = 0; i < documents.Count; i++)
        {
            var first = documents.FindIndex(d => d.Name == documents[i].Name);
            if (first < i) errors.Add(new SpecError(default, documents[i].File, $"is policy {documents[i].Name}, and so is {documents[first].File}; give each its own metadata.name or file name"));
        }

        return errors.Count == 0 ? documents : throw new InvalidDocumentsException(errors);

        void Take(SpecReadResult result)
        {
            if (result.Document is { } document) documents.Add(document);
            errors.AddRange(result.Errors);
        }
    }

    private static SpecReadResult Read(Func<Stream> input)
    {
        using var stream = input();
        return DocumentReader.Load("-", stream);
    }

    /// <summary>The documents of a folder, by name.</summary>
    public static List<string> FilesOf(string folder)
    {
        var files = new List<string>();
        foreach (var file in Directory.EnumerateFiles(folder))
        {
            if (file.EndsWith(".yaml", StringComparison.Ordinal) || file.EndsWith(".yml", StringComparison.Ordinal)) files.Add(file);
        }

        files.Sort(StringComparer.Ordinal);
        return files;
    }
}
