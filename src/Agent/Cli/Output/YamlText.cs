using System.Text.Json;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace NodeAgent.Cli;

/// <summary>Prints a tree of values as YAML by YamlDotNet's emitter (no reflection).</summary>
public static class YamlText
{
    public static void Write(TextWriter output, JsonNode? node)
    {
        var emitter = new Emitter(output, new EmitterSettings(2, int.MaxValue, false, 1024, skipAnchorName: true));
        emitter.Emit(new StreamStart());
        emitter.Emit(new DocumentStart(null, null, true));
        Emit(emitter, node);
        emitter.Emit(new DocumentEnd(true));
        emitter.Emit(new StreamEnd());
    }

    private static void Emit(Emitter emitter, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject map:
                emitter.Emit(new MappingStart(AnchorName.Empty, TagName.Empty, true, map.Count == 0 ? MappingStyle.Flow : MappingStyle.Block));
                foreach (var (key, value) in map)
                {
                    emitter.Emit(Text(key, ScalarStyle.Any));
                    Emit(emitter, value);
                }

                emitter.Emit(new MappingEnd());
                break;
            case JsonArray list:
                emitter.Emit(new SequenceStart(AnchorName.Empty, TagName.Empty, true, list.Count == 0 ? SequenceStyle.Flow : SequenceStyle.Block));
                foreach (var item in list) Emit(emitter, item);
                emitter.Emit(new SequenceEnd());
                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                var text = value.GetValue<string>();
                emitter.Emit(Text(text, NeedsQuotes(text) ? ScalarStyle.DoubleQuoted : ScalarStyle.Any));
                break;
            default:
                emitter.Emit(Text(node?.ToJsonString() ?? "null", ScalarStyle.Plain));
                break;
        }
    }

    private static Scalar Text(string text, ScalarStyle style) =>
        new(AnchorName.Empty, TagName.Empty, text, style, style is ScalarStyle.Any or ScalarStyle.Plain, style is not ScalarStyle.Plain);

    /// <summary>Text that a YAML reader would take for something else: a number (0x10, 1e3, 12:30), a Boolean of YAML 1.1 or null.</summary>
    private static bool NeedsQuotes(string text) =>
        text.Length == 0
        || (char.IsAsciiDigit(text[0]) && !text.Contains('/', StringComparison.Ordinal))
        || text[0] is '+' or '-' or '.'
        || text.ToLowerInvariant() is "true" or "false" or "yes" or "no" or "on" or "off" or "null" or "y" or "n" or "~";
}
