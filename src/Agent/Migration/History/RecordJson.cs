using System.Text.Encodings.Web;
using System.Text.Json;
using NodeAgent.Migration.Model;
using NodeAgent.Migration.Store;

namespace NodeAgent.Migration.History;

/// <summary>A record as JSON in one line.</summary>
/// <example><code>
/// {"id":"…","uuid":"…","domain":"shop_db","direction":"outgoing","outcome":"completed","started":"2026-11-20T12:00:00Z","ended":"2026-11-20T12:00:41.5Z",
/// "namespace":"shop","name":"db","source":"libvirt","downtimeSeconds":0.034,"memoryBytes":4294967296,"transferredBytes":5100273664,"passes":6,
/// "passList":[{"time":"…","number":1,"seconds":21.5,"dirtiedBytes":310378496,"remainingBytes":310378496,"bytesPerSecond":150994944,"throttlePercent":0}],
/// "verdicts":[{"time":"…","verdict":"converging"}],"phases":[{"time":"…","phase":"active"}]}
/// </code></example>
internal static class RecordJson
{
    /// <summary>Characters of a text that are kept: a domain's name and QEMU's words may be as long as they like.</summary>
    public const int MostText = 4096;

    // For files alone: no HTML is made of it.
    public static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private static readonly Dictionary<string, MigrationDirection> s_directions = Enum.GetValues<MigrationDirection>().ToDictionary(static d => d.Name());
    private static readonly Dictionary<string, MigrationOutcome> s_outcomes = Enum.GetValues<MigrationOutcome>().ToDictionary(static o => o.Name());
    private static readonly Dictionary<string, GuestSourceKind> s_sources = Enum.GetValues<GuestSourceKind>().ToDictionary(static s => s.Name());
    private static readonly Dictionary<string, MigrationPhase> s_phases = Enum.GetValues<MigrationPhase>().ToDictionary(static p => p.Name());
    private static readonly Dictionary<string, MigrationVerdict> s_verdicts = Enum.GetValues<MigrationVerdict>().ToDictionary(static v => v.Name());

    public static void Write(Utf8JsonWriter json, MigrationRecord record)
    {
        json.WriteStartObject();
        Text(json, "id", record.Id);
        Text(json, "uuid", record.Uuid);
        Text(json, "domain", record.Domain);
        json.WriteString("direction", record.Direction.Name());
        json.WriteString("outcome", record.Outcome.Name());
        json.WriteString("started", record.Started.UtcDateTime);
        json.WriteString("ended", record.Ended.UtcDateTime);
        Text(json, "namespace", record.Namespace);
        Text(json, "name", record.Name);
        Text(json, "podUid", record.PodUid);
        json.WriteString("source", record.Source.Name());
        if (record.FoundUnderWay) json.WriteBoolean("foundUnderWay", true);
        Text(json, "peer", record.Peer);
        Text(json, "trigger", record.Trigger);
        Text(json, "reason", record.Reason);
        if (record.Downtime is { } downtime) json.WriteNumber("downtimeSeconds", downtime.Ticks / (decimal)TimeSpan.TicksPerSecond);
        Number(json, "memoryBytes", record.MemoryBytes);
        Number(json, "transferredBytes", record.TransferredBytes);
        Number(json, "passes", record.Passes);
        Number(json, "bytesPerSecond", record.BytesPerSecond);
        Number(json, "dirtyBytesPerSecond", record.DirtyBytesPerSecond);
        if (record.ThrottlePercent != 0) json.WriteNumber("throttlePercent", record.ThrottlePercent);
        json.WriteStartArray("passList");
        for (var i = 0; i < record.PassList.Count; i++) Write(json, record.PassList[i]);
        json.WriteEndArray();
        json.WriteStartArray("verdicts");
        for (var i = 0; i < record.Verdicts.Count; i++) Write(json, record.Verdicts[i]);
        json.WriteEndArray();
        json.WriteStartArray("phases");
        for (var i = 0; i < record.Phases.Count; i++) Write(json, record.Phases[i]);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <exception cref="FormatException">It is no record; InvalidOperationException, ArgumentException and OverflowException say the same.</exception>
    public static MigrationRecord Read(JsonElement element)
    {
        var fields = new RecordFields(element);
        return new MigrationRecord(fields.Text("id"), fields.Text("uuid"), fields.Text("domain"), fields.Word("direction", s_directions), fields.Word("outcome", s_outcomes), fields.Time("started"), fields.Time("ended"))
        {
            Namespace = fields.TextOrNull("namespace"),
            Name = fields.TextOrNull("name"),
            PodUid = fields.TextOrNull("podUid"),
            Source = fields.Word("source", s_sources),
            FoundUnderWay = fields.Flag("foundUnderWay"),
            Peer = fields.TextOrNull("peer"),
            Trigger = fields.TextOrNull("trigger"),
            Reason = fields.TextOrNull("reason"),
            Downtime = fields.Span("downtimeSeconds"),
            MemoryBytes = fields.Whole("memoryBytes"),
            TransferredBytes = fields.Whole("transferredBytes"),
            Passes = fields.Whole("passes"),
            BytesPerSecond = fields.Number("bytesPerSecond"),
            DirtyBytesPerSecond = fields.Number("dirtyBytesPerSecond"),
            ThrottlePercent = checked((int)(fields.Whole("throttlePercent") ?? 0)),
            PassList = [.. fields.Each("passList").Select(ReadPass)],
            Verdicts = [.. fields.Each("verdicts").Select(ReadVerdict)],
            Phases = [.. fields.Each("phases").Select(ReadPhase)],
        };
    }

    private static void Write(Utf8JsonWriter json, TimedPass timed)
    {
        var pass = timed.Pass;
        json.WriteStartObject();
        json.WriteString("time", timed.Time.UtcDateTime);
        json.WriteNumber("number", pass.Number);
        Number(json, "seconds", pass.Seconds);
        Number(json, "dirtiedBytes", pass.DirtiedBytes);
        Number(json, "remainingBytes", pass.RemainingBytes);
        Number(json, "bytesPerSecond", pass.TransferBytesPerSecond);
        json.WriteNumber("throttlePercent", pass.ThrottlePercent);
        json.WriteEndObject();
    }

    private static TimedPass ReadPass(JsonElement element)
    {
        var fields = new RecordFields(element);
        return new TimedPass(fields.Time("time"), new MigrationPass(
            fields.Whole("number") ?? 0, fields.Number("seconds") ?? 0, fields.Number("dirtiedBytes") ?? 0, fields.Number("remainingBytes") ?? 0, fields.Number("bytesPerSecond") ?? 0, checked((int)(fields.Whole("throttlePercent") ?? 0))));
    }

    private static void Write(Utf8JsonWriter json, TimedVerdict timed)
    {
        json.WriteStartObject();
        json.WriteString("time", timed.Time.UtcDateTime);
        json.WriteString("verdict", timed.Verdict.Name());
        json.WriteEndObject();
    }

    private static TimedVerdict ReadVerdict(JsonElement element)
    {
        var fields = new RecordFields(element);
        return new TimedVerdict(fields.Time("time"), fields.Word("verdict", s_verdicts));
    }

    private static void Write(Utf8JsonWriter json, TimedPhase timed)
    {
        json.WriteStartObject();
        json.WriteString("time", timed.Time.UtcDateTime);
        json.WriteString("phase", timed.Phase.Name());
        json.WriteEndObject();
    }

    private static TimedPhase ReadPhase(JsonElement element)
    {
        var fields = new RecordFields(element);
        return new TimedPhase(fields.Time("time"), fields.Word("phase", s_phases));
    }

    private static void Text(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null) json.WriteString(name, text.Length <= MostText ? text : $"{text.AsSpan(0, MostText - 1)}…");
    }

    private static void Number(Utf8JsonWriter json, string name, long? number)
    {
        if (number is { } known) json.WriteNumber(name, known);
    }

    // JSON has no word for what is not finite.
    private static void Number(Utf8JsonWriter json, string name, double? number)
    {
        if (number is { } known && double.IsFinite(known)) json.WriteNumber(name, known);
    }
}
