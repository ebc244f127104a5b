using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using NodeAgent.Network.Spec.Writing;

namespace NodeAgent.Cli;

/// <summary>Prints one tree of values as JSON or YAML, so that both always say the same.</summary>
public static class NodeText
{
    // Not for HTML: quotes and accents stay readable.
    private static readonly JsonWriterOptions s_indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonWriterOptions s_line = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(TextWriter output, JsonNode node, OutputFormat format)
    {
        if (format == OutputFormat.Yaml) output.Write(YamlWriter.Write(node));
        else output.WriteLine(Json(node, s_indented));
    }

    /// <summary>One line of JSON, for streams.</summary>
    public static void WriteLine(TextWriter output, JsonNode node) => output.WriteLine(Json(node, s_line));

    private static string Json(JsonNode node, JsonWriterOptions options)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, options)) node.WriteTo(writer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
