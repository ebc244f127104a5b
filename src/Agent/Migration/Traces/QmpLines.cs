using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using NodeAgent.Migration.Model;
using NodeAgent.Migration.Qmp.Wire;

namespace NodeAgent.Migration.Traces;

/// <summary>
/// Lines of a QMP timeline: replies to query-migrate are samples, MIGRATION events are phases at their own time, MIGRATION_PASS
/// events syncs; parameters and capabilities, dirty-rate measurements and the process' resident memory go into the samples after
/// them. Of the destination only RESUME counts, as the end of the downtime.
/// </summary>
internal sealed class QmpLines
{
    private static readonly TimeSpan s_mostDisorder = TimeSpan.FromSeconds(1);

    private MigrationLimits _limits;
    private long? _measured;
    private long? _resident;
    private TimeSpan _last;
    private TimeSpan? _stopped;

    public bool SawMigration { get; private set; }

    public void Take(JsonElement line, LineFields fields, List<TraceEntry> entries)
    {
        if (!line.TryGetProperty("t", out _))
        {
            fields.Wrong("t", "expected a number of seconds, found none");
            return;
        }

        if (fields.Time(line, "t", "t", "seconds", 1) is not { } at) return;
        if (at < _last - s_mostDisorder)
        {
            fields.Wrong("t", FormattableString.Invariant($"expected at least {_last.TotalSeconds:0.###} as in a line before, found {at.TotalSeconds:0.###}"));
            return;
        }

        _last = at = at < _last ? _last : at;
        var kind = fields.Text(line, "kind", "kind");
        var destination = fields.Text(line, "who", "who") == "dst";
        if (kind == "event" && LineFields.Object(line, "data") is { } data) TakeEvent(at, destination, data, fields, entries);
        else if (kind == "reply" && !destination) TakeReply(at, line, fields, entries);
        else if (kind == "proc" && LineFields.Object(line, "data") is { } process) TakeProcess(process, fields);
    }

    private void TakeEvent(TimeSpan at, bool destination, JsonElement data, LineFields fields, List<TraceEntry> entries)
    {
        var text = Text(data);
        if (!QmpMessage.TryRead(ref text, out var message)) return;
        switch (message.Event, destination)
        {
            case (QmpEventKind.Migration, false):
                if (QmpEvents.Phase(message, "data.data", fields) is { } phase) entries.Add(new TraceEntry(Settled(new MigrationSample(at) { Phase = phase })));
                break;
            case (QmpEventKind.MigrationPass, false):
                if (QmpEvents.Pass(message, "data.data", fields) is { } pass) entries.Add(new TraceEntry(new MigrationSample(at), pass));
                break;
            case (QmpEventKind.Stop, false):
                _stopped = at;
                break;
            case (QmpEventKind.Resume, true) when _stopped is { } stopped:
                entries.Add(new TraceEntry(new MigrationSample(at) { ObservedDowntime = at - stopped }));
                break;
        }
    }

    private void TakeReply(TimeSpan at, JsonElement line, LineFields fields, List<TraceEntry> entries)
    {
        var command = fields.Text(line, "cmd", "cmd");
        if (!line.TryGetProperty("data", out var data) || data.ValueKind == JsonValueKind.Null) data = default;
        else if (data.ValueKind == JsonValueKind.Object && data.TryGetProperty("error", out _)) return;
        if (command == "query-migrate")
        {
            SawMigration = true;
            if (data.ValueKind != JsonValueKind.Undefined) entries.Add(new TraceEntry(Settled(MigrateReply.Read(Text(data), at, "data", fields))));
        }
        else if (command == "migrate-set-parameters" && LineFields.Object(line, "args") is { } set) _limits.ReadParameters(Text(set), "args", fields);
        else if (command == "migrate-set-capabilities" && LineFields.Object(line, "args") is { } args && args.TryGetProperty("capabilities", out var enabled)) _limits.ReadCapabilities(Text(enabled), "args.capabilities", fields);
        else if (data.ValueKind == JsonValueKind.Undefined) return;
        else if (command == "query-migrate-parameters") _limits.ReadParameters(Text(data), "data", fields);
        else if (command == "query-migrate-capabilities") _limits.ReadCapabilities(Text(data), "data", fields);
        else if (command == "query-dirty-rate") _measured = DirtyRateReply.Read(Text(data), "data", fields).BytesPerSecond ?? _measured;
    }

    private void TakeProcess(JsonElement process, LineFields fields)
    {
        if (fields.Whole(process, "VmRSS", "data.VmRSS", "KiB") is { } kibibytes and < 1L << 50) _resident = kibibytes << 10;
    }

    private MigrationSample Settled(in MigrationSample sample) => _limits.With(sample) with { MeasuredDirtyBytesPerSecond = _measured, ResidentBytes = _resident };

    private static ReadOnlySequence<byte> Text(JsonElement value) => new(JsonMarshal.GetRawUtf8Value(value).ToArray());
}
