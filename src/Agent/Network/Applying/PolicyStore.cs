using NodeAgent.Files;
using NodeAgent.Network.Model;
using NodeAgent.Network.Spec;

namespace NodeAgent.Network.Applying;

/// <summary>The policies in force: files an administrator put into policies.d, and copies of what `net apply` was given.</summary>
public sealed class PolicyStore(HostPaths paths)
{
    private readonly string _applied = Path.Combine(paths.State, "policies");

    /// <summary>Reads every policy. Files that are wrong are in <paramref name="errors"/> and not in the result.</summary>
    public IReadOnlyList<PolicyDocument> Load(out IReadOnlyList<SpecError> errors)
    {
        var found = new List<SpecError>();
        var documents = new Dictionary<string, PolicyDocument>(StringComparer.Ordinal);
        foreach (var folder in new[] { paths.PoliciesFolder, _applied })
        {
            foreach (var path in Files(folder, found)) Load(path, documents, found);
        }

        errors = found;
        return [.. documents.Values.OrderBy(d => d.Name, StringComparer.Ordinal)];
    }

    /// <summary>The file in policies.d that holds this policy, or null.</summary>
    public string? AdministratorsFile(string policy) =>
        Load(out _).FirstOrDefault(d => d.Name == policy) is { } document && document.File.StartsWith(paths.PoliciesFolder, StringComparison.Ordinal) ? document.File : null;

    /// <summary>The text of a policy applied with `net apply`, or null.</summary>
    public string? AppliedText(string policy) => File.Exists(PathOf(policy)) ? File.ReadAllText(PathOf(policy)) : null;

    /// <summary>Stores the text, or removes the policy where it is null.</summary>
    public void Store(string policy, string? text)
    {
        if (text is null)
        {
            DurableFile.Delete(PathOf(policy));
            return;
        }

        Directory.CreateDirectory(_applied);
        DurableFile.Write(PathOf(policy), text);
    }

    private static IEnumerable<string> Files(string folder, List<SpecError> errors)
    {
        try
        {
            return Directory.Exists(folder)
                ? [.. Directory.GetFiles(folder).Where(f => f.EndsWith(".yaml", StringComparison.Ordinal) || f.EndsWith(".yml", StringComparison.Ordinal)).Order(StringComparer.Ordinal)]
                : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            errors.Add(new SpecError(new SourceMark(folder, 1, 1), "", "cannot be listed: " + e.Message));
            return [];
        }
    }

    private static void Load(string path, Dictionary<string, PolicyDocument> documents, List<SpecError> errors)
    {
        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            errors.Add(new SpecError(new SourceMark(path, 1, 1), "", "cannot be read: " + e.Message));
            return;
        }

        var result = DocumentReader.Read(path, text);
        errors.AddRange(result.Errors);
        if (result.Document is not { } document || result.Errors.Count > 0) return;
        if (documents.TryGetValue(document.Name, out var other))
        {
            errors.Add(new SpecError(new SourceMark(path, 1, 1), "metadata.name", $"policy {document.Name} is already given by {other.File}: rename one of them, or delete it with `nodeagent net delete {document.Name}`"));
            return;
        }

        documents[document.Name] = document;
    }

    private string PathOf(string policy) => Path.Combine(_applied, policy.Replace('/', '_') + ".yaml");
}
