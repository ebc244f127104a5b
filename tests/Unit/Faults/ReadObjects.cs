using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace NodeAgent.Tests.Unit.Faults;

/// <summary>What a reader found as text, by object: a property of the result is one, one of its properties too ("Facts.Iommu"), and so is each named element of a list ("Initiators host3").</summary>
internal static class ReadObjects
{
    // Of a property of a property all that is below is one object.
    private const int Deepest = 2;

    private static readonly string[] s_names = ["Name", "Id", "Object", "Device", "Number", "Size"];
    private static readonly JsonSerializerOptions s_options = new()
    {
        Converters = { new JsonStringEnumConverter() },
        ReferenceHandler = ReferenceHandler.IgnoreCycles,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <param name="result">A record, or a dictionary of text.</param>
    /// <param name="passing">Properties that differ from run to run, at any depth: times, durations.</param>
    public static SortedDictionary<string, string> Of(object result, params string[] passing)
    {
        var objects = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var node = JsonSerializer.SerializeToNode(result, s_options)!.AsObject();
        Strip(node, passing);
        Properties(objects, "", node, Deepest);
        return objects;
    }

    private static void Properties(SortedDictionary<string, string> objects, string prefix, JsonObject node, int depth)
    {
        foreach (var (name, value) in node)
        {
            if (value is JsonArray list && list.All(static e => e is JsonObject)) Elements(objects, prefix + name, list);
            else if (value is JsonObject inner && depth > 1) Properties(objects, $"{prefix}{name}.", inner, depth - 1);
            else objects[prefix + name] = value?.ToJsonString(s_options) ?? "null";
        }
    }

    private static void Elements(SortedDictionary<string, string> objects, string property, JsonArray list)
    {
        for (var i = 0; i < list.Count; i++)
        {
            var element = list[i]!.AsObject();
            var name = s_names.Select(n => element[n]).FirstOrDefault(static n => n is not null)?.ToString() ?? $"{i}";
            while (!objects.TryAdd($"{property} {name}", element.ToJsonString(s_options))) name += "'";
        }
    }

    private static void Strip(JsonNode? node, string[] passing)
    {
        if (node is JsonArray list)
        {
            foreach (var element in list) Strip(element, passing);
        }
        else if (node is JsonObject map)
        {
            foreach (var name in passing) map.Remove(name);
            foreach (var (_, value) in map) Strip(value, passing);
        }
    }
}
