using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace NodeAgent.Tests.Unit.Faults;

/// <summary>What a reader found as text, by object: a property of the result is one ("iommu"), and so is each named element of its lists ("initiators host3").</summary>
internal static class ReadObjects
{
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
        foreach (var (name, value) in JsonSerializer.SerializeToNode(result, s_options)!.AsObject())
        {
            if (passing.Contains(name)) continue;
            Strip(value, passing);
            if (value is JsonArray list && list.All(static e => e is JsonObject)) Elements(objects, name, list);
            else objects[name] = value?.ToJsonString(s_options) ?? "null";
        }

        return objects;
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
