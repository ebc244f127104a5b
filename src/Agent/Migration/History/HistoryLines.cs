using System.Buffers;
using System.Text.Json;
using NodeAgent.Migration.Model;
using NodeAgent.Migration.Store;

namespace NodeAgent.Migration.History;

/// <summary>
/// Lines of both files. The history has a record in each. What is known of migrations under way is spread over lines, each with the counters as
/// they were and the passes, verdicts and phases since the line before:
/// </summary>
/// <example><code>
/// {"pid":4711,"startTicks":123456,"boot":"…","phase":"active","migration":{"id":"…", … as of the history … }}
/// {"closed":"…"}
/// </code></example>
internal static class HistoryLines
{
    private static readonly Dictionary<string, MigrationPhase> s_phases = Enum.GetValues<MigrationPhase>().ToDictionary(static p => p.Name());

    public static void Write(IBufferWriter<byte> into, MigrationRecord record)
    {
        using (var json = new Utf8JsonWriter(into, RecordJson.Options)) RecordJson.Write(json, record);
        into.Write("\n"u8);
    }

    public static void Write(IBufferWriter<byte> into, OpenMigration open, string boot)
    {
        using (var json = new Utf8JsonWriter(into, RecordJson.Options))
        {
            json.WriteStartObject();
            json.WriteNumber("pid", open.Process.Pid);
            json.WriteNumber("startTicks", open.Process.StartTicks);
            json.WriteString("boot", boot);
            json.WriteString("phase", open.Phase.Name());
            json.WritePropertyName("migration");
            RecordJson.Write(json, open.SoFar);
            json.WriteEndObject();
        }

        into.Write("\n"u8);
    }

    public static void WriteClosed(IBufferWriter<byte> into, string id)
    {
        using (var json = new Utf8JsonWriter(into, RecordJson.Options))
        {
            json.WriteStartObject();
            json.WriteString("closed", id);
            json.WriteEndObject();
        }

        into.Write("\n"u8);
    }

    /// <summary>A record of the history; null where the line is damaged.</summary>
    public static MigrationRecord? ReadRecord(ReadOnlyMemory<byte> line) => Try(line, RecordJson.Read);

    /// <summary>A line of what is under way; null where it is damaged.</summary>
    public static OpenLine? ReadOpen(ReadOnlyMemory<byte> line) => Try(line, static root =>
    {
        var fields = new RecordFields(root);
        if (fields.TextOrNull("closed") is { } closed) return new OpenLine(null, "", closed);
        var process = new GuestProcess(checked((int)(fields.Whole("pid") ?? 0)), fields["startTicks"]?.GetUInt64() ?? 0);
        var record = RecordJson.Read(fields["migration"] ?? throw new FormatException("migration is missing"));
        return new OpenLine(new OpenMigration(process, record) { Phase = fields.Word("phase", s_phases) }, fields.Text("boot"), record.Id);
    });

    private static T? Try<T>(ReadOnlyMemory<byte> line, Func<JsonElement, T> read)
        where T : class
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            return read(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or ArgumentException or OverflowException)
        {
            return null;
        }
    }
}
