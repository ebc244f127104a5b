using System.Text.Json;
using NodeAgent.Migration.Qmp.Wire;

namespace NodeAgent.Migration.Traces;

/// <summary>The fields of one line, read with their types; what is of another type is an error, what is not there is null.</summary>
internal sealed class LineFields(string file, int line, List<TraceError> errors) : IFieldProblems
{
    /// <summary>More would not be a time since a start.</summary>
    private const double MostSeconds = 1e10;

    public void Wrong(string field, string message)
    {
        if (errors.Count < TraceReader.MostErrors) errors.Add(new TraceError(file, line, field, message));
    }

    public static JsonElement? Object(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object ? value : null;

    /// <summary>The same; anything else than an object is an error.</summary>
    public JsonElement? ObjectOf(JsonElement parent, string name, string path)
    {
        if (!parent.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null) return null;
        if (value.ValueKind == JsonValueKind.Object) return value;
        Wrong(path, $"expected an object, found {ShownJson.Of(value)}");
        return null;
    }

    public string? Text(JsonElement parent, string name, string path)
    {
        if (!parent.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null) return null;
        if (value.ValueKind == JsonValueKind.String && ShownJson.TextOf(value) is { } text) return text;
        Wrong(path, $"expected a text, found {ShownJson.Of(value)}");
        return null;
    }

    /// <summary>A whole number of something, 0 or more.</summary>
    public long? Whole(JsonElement parent, string name, string path, string what)
    {
        if (!parent.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null) return null;
        value = Plain(value);
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && number >= 0) return number;
        Wrong(path, $"expected {what}, found {ShownJson.Of(value)}");
        return null;
    }

    public double? Number(JsonElement parent, string name, string path, string what)
    {
        if (!parent.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null) return null;
        value = Plain(value);
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number) && number >= 0) return number;
        Wrong(path, $"expected {what}, found {ShownJson.Of(value)}");
        return null;
    }

    public TimeSpan? Time(JsonElement parent, string name, string path, string unit, double seconds)
    {
        if (Number(parent, name, path, $"a number of {unit}") is not { } number) return null;
        if (number * seconds <= MostSeconds) return TimeSpan.FromSeconds(number * seconds);
        Wrong(path, $"expected at most {MostSeconds / seconds:0} {unit}, found {number:0}");
        return null;
    }

    // libvirt's typed parameters, as some recorders keep them: ["ullong", 5].
    private static JsonElement Plain(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 2 && value[0].ValueKind == JsonValueKind.String ? value[1] : value;
}
