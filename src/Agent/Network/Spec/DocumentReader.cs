using NodeAgent.Network.Model;
using NodeAgent.Network.Spec.Reading;
using NodeAgent.Network.Spec.Yaml;

namespace NodeAgent.Network.Spec;

/// <summary>
/// Reads a document: a plain nmstate document, a NodeNetworkConfigurationPolicy of nmstate.io or a NodeNetworkPolicy of nodeagent.dev,
/// in YAML or JSON. Every error has its place, all of them come at once, and nothing that was written is dropped silently: a field
/// the agent does not do is an error, unless its value asks for nothing (`dhcp: false`, `lldp: {enabled: false}`).
/// </summary>
public static class DocumentReader
{
    /// <param name="file">The name to show in errors, and to name the policy after where the document does not: "-" for standard input.</param>
    /// <param name="text">The document.</param>
    public static SpecReadResult Read(string file, string text) => Read(file, text, stored: false);

    /// <summary>
    /// Reads back what the agent itself wrote of a node's state. The kernel may have had values that nobody is allowed to ask for (an MTU
    /// above 65535 on a dummy): they must come back all the same.
    /// </summary>
    public static SpecReadResult ReadStored(string file, string text) => Read(file, text, stored: true);

    /// <summary>Reads a document from its bytes, which must be UTF-8.</summary>
    public static SpecReadResult Read(string file, ReadOnlySpan<byte> bytes) =>
        TextCheck.Decode(file, bytes, out var error) is { } text ? Read(file, text) : SpecReadResult.Failed(error!);

    /// <summary>Reads a document from a file; one that cannot be read is an error like any other.</summary>
    public static SpecReadResult Load(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 1);
            return Load(path, stream);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return SpecReadResult.Failed(new SpecError(default, path, FileProblem.Of(path, error)));
        }
    }

    /// <summary>Reads a document to the end of a stream (standard input), and no further than a document may be long.</summary>
    public static SpecReadResult Load(string file, Stream stream)
    {
        var buffer = new MemoryStream();
        var chunk = new byte[64 << 10];
        while (buffer.Length <= YamlLimits.MaxBytes && stream.Read(chunk) is > 0 and var read) buffer.Write(chunk, 0, read);
        return Read(file, buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }

    private static SpecReadResult Read(string file, string text, bool stored)
    {
        var errors = new List<SpecError>();
        var root = YamlTree.Read(file, text, errors);
        var context = new ReadContext(errors) { Policy = PolicyName.OfFile(file), IsStored = stored };
        if (root is null && errors.Count == 0) context.Error(new SourceMark(file, 1, 1), "", "the document is empty; `interfaces: []` is one that asks for nothing");
        if (root is null) return SpecReadResult.Failed(context.Errors());
        var document = context.Map(root, "", "a document with `interfaces:` or `routes:`, or a policy with `apiVersion:`") is { } map ? Document(map, file, text, context) : null;
        return context.HasErrors ? SpecReadResult.Failed(context.Errors()) : new SpecReadResult(document, []);
    }

    private static PolicyDocument? Document(YamlMap map, string file, string text, ReadContext context)
    {
        if (map["apiVersion"] is not null || map["kind"] is not null) return PolicyReader.Read(map, file, text, context.Policy, context);
        if (map.Entries.Count == 0) context.Error(map.Mark, "", "the document is empty; `interfaces: []` is one that asks for nothing");
        var desired = DesiredStateReader.Read(map, "", context);
        return new PolicyDocument { Name = context.Policy, File = file, Text = text, Desired = desired, Notes = context.Notes };
    }
}
