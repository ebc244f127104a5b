using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace NodeAgent.Logging;

/// <summary>
/// A line for programs:
/// {"time":"2026-11-20T12:00:00.000Z","level":"warn","area":"drift","eventId":1103,"event":"Drifted","message":"...","fields":{"link":"br0"},"exception":"..."}
/// </summary>
internal sealed class JsonLine
{
    // The line goes to a log, not into a page: quotes and angles need no \u form.
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly Dictionary<string, JsonEncodedText> _names = new(StringComparer.Ordinal);
    private Utf8JsonWriter? _json;

    public void Write(ArrayBufferWriter<byte> line, in LogEntry entry, DateTimeOffset time)
    {
        var json = _json ??= new Utf8JsonWriter(line, s_options);
        json.Reset(line);
        json.WriteStartObject();
        json.WritePropertyName("time"u8);
        Time(json, time);
        json.WriteString("level"u8, LogLevels.Word(entry.Level));
        json.WriteString("area"u8, entry.Area);
        if (entry.Event.Id != 0) json.WriteNumber("eventId"u8, entry.Event.Id);
        if (entry.Event.Name is { } name) json.WriteString("event"u8, name);
        json.WriteString("message"u8, entry.Message);
        if (entry.Fields is { } fields) Fields(json, fields);
        if (entry.Exception is { } exception) json.WriteString("exception"u8, exception.ToString());
        json.WriteEndObject();
        json.Flush();
        line.Write("\n"u8);
    }

    private void Fields(Utf8JsonWriter json, IReadOnlyList<KeyValuePair<string, object?>> fields)
    {
        var any = false;
        for (var i = 0; i < fields.Count; i++)
        {
            var (name, value) = fields[i];
            if (name == "{OriginalFormat}") continue;
            if (!any) json.WriteStartObject("fields"u8);
            any = true;
            json.WritePropertyName(NameOf(name));
            Value(json, value);
        }

        if (any) json.WriteEndObject();
    }

    private static void Value(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case string text:
                json.WriteStringValue(text);
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case int number:
                json.WriteNumberValue(number);
                break;
            case long number:
                json.WriteNumberValue(number);
                break;
            case double number when double.IsFinite(number):
                json.WriteNumberValue(number);
                break;
            case DateTimeOffset time:
                Time(json, time);
                break;
            default:
                json.WriteStringValue(Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture));
                break;
        }
    }

    private static void Time(Utf8JsonWriter json, DateTimeOffset time)
    {
        Span<char> text = stackalloc char[32];
        time.UtcDateTime.TryFormat(text, out var written, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture);
        json.WriteStringValue(text[..written]);
    }

    // Names come from log methods of the program, so they are few.
    private JsonEncodedText NameOf(string name)
    {
        if (_names.TryGetValue(name, out var encoded)) return encoded;
        return _names[name] = JsonEncodedText.Encode(JsonNamingPolicy.CamelCase.ConvertName(name), s_options.Encoder);
    }
}
