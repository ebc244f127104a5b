using System.Buffers;
using System.Text.Json;

namespace NodeAgent.Migration.Qmp.Wire;

/// <summary>One message of a monitor (docs/interop/qmp-spec of QEMU): what it is, and the value that matters in it.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Body">JSON, as long as the buffer holds: of an event its data, which may be empty.</param>
/// <param name="Id">Of the command that it answers; 0 where it has none of ours.</param>
/// <param name="Event">Which, of <see cref="QmpMessageKind.Event"/>.</param>
internal readonly record struct QmpMessage(QmpMessageKind Kind, ReadOnlySequence<byte> Body, long Id, QmpEventKind Event)
{
    /// <summary>When QEMU says that an event happened: JSON, as <see cref="Body"/>; empty where it does not say.</summary>
    public ReadOnlySequence<byte> Timestamp { get; private init; }

    /// <summary>Takes the first message off the buffer, however it is broken into lines; false: it is not there as a whole yet.</summary>
    /// <exception cref="JsonException">What is there is not JSON, or no object.</exception>
    public static bool TryRead(ref ReadOnlySequence<byte> buffer, out QmpMessage message)
    {
        message = default;
        var json = new Utf8JsonReader(buffer, isFinalBlock: false, default);
        if (!json.Read()) return false;
        if (json.TokenType != JsonTokenType.StartObject) throw new JsonException("expected an object");
        var (kind, body, data, timestamp, id, named) = (QmpMessageKind.Other, default(ReadOnlySequence<byte>), default(ReadOnlySequence<byte>), default(ReadOnlySequence<byte>), 0L, QmpEventKind.Other);
        while (json.Read())
        {
            if (json.TokenType == JsonTokenType.EndObject)
            {
                message = new QmpMessage(kind, kind == QmpMessageKind.Event ? data : body, id, named) { Timestamp = timestamp };
                buffer = AfterLine(buffer.Slice(json.BytesConsumed));
                return true;
            }

            var part = PartOf(in json);
            if (!json.Read()) return false;
            var start = json.TokenStartIndex;
            if (part == Part.Event && json.TokenType == JsonTokenType.String) (kind, named) = (QmpMessageKind.Event, QmpEvents.Named(in json));
            if (part == Part.Id && json.TokenType == JsonTokenType.Number && !json.TryGetInt64(out id)) id = 0;
            if (!json.TrySkip()) return false;
            var value = buffer.Slice(start, json.BytesConsumed - start);
            if (part == Part.Data) data = value;
            else if (part == Part.Timestamp) timestamp = value;
            else if (part is Part.Greeting or Part.Return or Part.Error) (kind, body) = ((QmpMessageKind)part, value);
        }

        return false;
    }

    private static Part PartOf(in Utf8JsonReader json) =>
        json.ValueTextEquals("return"u8) ? Part.Return
        : json.ValueTextEquals("id"u8) ? Part.Id
        : json.ValueTextEquals("event"u8) ? Part.Event
        : json.ValueTextEquals("data"u8) ? Part.Data
        : json.ValueTextEquals("timestamp"u8) ? Part.Timestamp
        : json.ValueTextEquals("error"u8) ? Part.Error
        : json.ValueTextEquals("QMP"u8) ? Part.Greeting
        : Part.Other;

    /// <summary>Without the end of the line, so that a buffer with nothing else in it is empty.</summary>
    private static ReadOnlySequence<byte> AfterLine(ReadOnlySequence<byte> rest)
    {
        while (!rest.IsEmpty && rest.FirstSpan is [var first, ..] && first is (byte)'\r' or (byte)'\n' or (byte)' ') rest = rest.Slice(1);
        return rest;
    }

    private enum Part
    {
        Other = QmpMessageKind.Other,
        Greeting = QmpMessageKind.Greeting,
        Return = QmpMessageKind.Return,
        Error = QmpMessageKind.Error,
        Event = QmpMessageKind.Event,
        Data,
        Timestamp,
        Id,
    }
}
