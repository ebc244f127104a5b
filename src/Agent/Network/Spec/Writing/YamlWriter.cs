using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NodeAgent.Network.Spec.Writing;

/// <summary>Prints a tree of values as YAML in block style: no reflection, and no more of it than trees of JSON need.</summary>
public static class YamlWriter
{
    public static string Write(JsonNode? node)
    {
        var text = new StringBuilder();
        Node(text, node, 0);
        if (text.Length == 0 || text[^1] != '\n') text.Append('\n');
        return text.ToString();
    }

    private static void Node(StringBuilder text, JsonNode? node, int indent)
    {
        switch (node)
        {
            case JsonObject { Count: > 0 } map:
                Map(text, map, indent, inList: false);
                break;
            case JsonArray { Count: > 0 } list:
                List(text, list, indent);
                break;
            default:
                text.Append(Scalar(node)).Append('\n');
                break;
        }
    }

    private static void Map(StringBuilder text, JsonObject map, int indent, bool inList)
    {
        // The first key of a map in a list stands on the line of the dash.
        var first = inList;
        foreach (var (key, value) in map)
        {
            if (!first) text.Append(' ', indent);
            first = false;
            text.Append(YamlScalarText.Of(key)).Append(':');
            Value(text, value, indent);
        }
    }

    private static void Value(StringBuilder text, JsonNode? value, int indent)
    {
        switch (value)
        {
            case JsonObject { Count: > 0 }:
                text.Append('\n');
                Node(text, value, indent + 2);
                break;
            case JsonArray { Count: > 0 }:
                text.Append('\n');
                Node(text, value, indent);
                break;
            default:
                text.Append(' ').Append(Scalar(value)).Append('\n');
                break;
        }
    }

    private static void List(StringBuilder text, JsonArray list, int indent)
    {
        foreach (var item in list)
        {
            text.Append(' ', indent).Append("- ");
            switch (item)
            {
                case JsonObject { Count: > 0 } map:
                    Map(text, map, indent + 2, inList: true);
                    break;
                case JsonArray { Count: > 0 } inner:
                    text.Length--;
                    text.Append('\n');
                    List(text, inner, indent + 2);
                    break;
                default:
                    text.Append(Scalar(item)).Append('\n');
                    break;
            }
        }
    }

    private static string Scalar(JsonNode? node) => node switch
    {
        null => "null",
        JsonObject => "{}",
        JsonArray => "[]",
        JsonValue value when value.GetValueKind() == JsonValueKind.String => YamlScalarText.Of(value.GetValue<string>()),
        _ => node.ToJsonString(),
    };
}
