using System.Text.Json;

namespace NodeAgent.Migration.Qmp.Wire;

/// <summary>A value of JSON as messages show it: short, and in words where it is not one value.</summary>
internal static class ShownJson
{
    private const int Most = 40;

    public static string Of(JsonElement value)
    {
        var text = value.ValueKind switch
        {
            JsonValueKind.Object => "an object",
            JsonValueKind.Array => "a list",
            JsonValueKind.String => TextOf(value) is { } words ? $"\"{words}\"" : "a text that is not UTF-8",
            _ => value.GetRawText(),
        };
        return text.Length > Most ? text[..Most] + "…" : text;
    }

    /// <summary>Null where it is not UTF-8.</summary>
    public static string? TextOf(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
