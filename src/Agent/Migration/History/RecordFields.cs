using System.Globalization;
using System.Text.Json;

namespace NodeAgent.Migration.History;

/// <summary>Fields of a JSON object, those that must be there and those that may not be. What is of another type is a <see cref="FormatException"/> or InvalidOperationException.</summary>
internal readonly struct RecordFields(JsonElement element)
{
    public JsonElement? this[string name] => element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    public string Text(string name) => TextOrNull(name) ?? throw Missing(name);

    public string? TextOrNull(string name) => this[name]?.GetString();

    public DateTimeOffset Time(string name) => this[name]?.GetDateTimeOffset() ?? throw Missing(name);

    public long? Whole(string name) => this[name]?.GetInt64();

    public double? Number(string name) => this[name] is not { } value ? null : double.IsFinite(value.GetDouble()) ? value.GetDouble() : throw new FormatException($"{name} is too large");

    /// <summary>Seconds to the tick.</summary>
    public TimeSpan? Span(string name) => this[name] is { } value ? TimeSpan.FromTicks(decimal.ToInt64(value.GetDecimal() * TimeSpan.TicksPerSecond)) : null;

    public bool Flag(string name) => this[name]?.GetBoolean() ?? false;

    /// <summary>One of a few words.</summary>
    public T Word<T>(string name, IReadOnlyDictionary<string, T> words) =>
        Text(name) is var text && words.TryGetValue(text, out var found) ? found : throw new FormatException($"{name} is {text}");

    public JsonElement.ArrayEnumerator Each(string name) => this[name]?.EnumerateArray() ?? default;

    private static FormatException Missing(string name) => new(string.Create(CultureInfo.InvariantCulture, $"{name} is missing"));
}
