using System.Text.Json;
using NodeAgent.Migration.Model;

namespace NodeAgent.Migration.Traces;

/// <summary>
/// Lines of a QMP timeline: replies to query-migrate are samples, MIGRATION events are phases at their own time, MIGRATION_PASS
/// events syncs; parameters and capabilities, dirty-rate measurements and the process' resident memory go into the samples after
/// them. Of the destination only RESUME counts, as the end of the downtime.
/// </summary>
internal sealed class QmpLines
{
    private static readonly TimeSpan s_mostDisorder = TimeSpan.FromSeconds(1);

    private MigrationSample _settings;
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

    private void TakeEvent(TimeSpan at, bool destination, JsonElement message, LineFields fields, List<TraceEntry> entries)
    {
        var data = LineFields.Object(message, "data");
        switch (fields.Text(message, "event", "data.event"), destination)
        {
            case ("MIGRATION", false) when data is { } status:
                if (MigrationPhases.OfQemu(fields.Text(status, "status", "data.data.status") ?? "") is { } phase) entries.Add(new TraceEntry(_settings with { At = at, Phase = phase }));
                break;
            case ("MIGRATION_PASS", false) when data is { } pass:
                if (fields.Whole(pass, "pass", "data.data.pass", "the number of a pass") is { } number) entries.Add(new TraceEntry(new MigrationSample(at), number));
                break;
            case ("STOP", false):
                _stopped = at;
                break;
            case ("RESUME", true) when _stopped is { } stopped:
                entries.Add(new TraceEntry(new MigrationSample(at) { ObservedDowntime = at - stopped }));
                break;
        }
    }

    private void TakeReply(TimeSpan at, JsonElement line, LineFields fields, List<TraceEntry> entries)
    {
        var command = fields.Text(line, "cmd", "cmd");
        if (LineFields.Object(line, "data") is { } failed && failed.TryGetProperty("error", out _)) return;
        switch (command)
        {
            case "query-migrate":
                SawMigration = true;
                if (fields.ObjectOf(line, "data", "data") is { } reply) entries.Add(new TraceEntry(Sample(at, reply, fields)));
                break;
            case "migrate-set-parameters" when LineFields.Object(line, "args") is { } set:
                TakeParameters(set, "args", fields);
                break;
            case "query-migrate-parameters" when LineFields.Object(line, "data") is { } parameters:
                TakeParameters(parameters, "data", fields);
                break;
            case "migrate-set-capabilities" when LineFields.Object(line, "args") is { } arguments && arguments.TryGetProperty("capabilities", out var set):
                TakeCapabilities(set, fields);
                break;
            case "query-migrate-capabilities" when line.TryGetProperty("data", out var capabilities):
                TakeCapabilities(capabilities, fields);
                break;
            case "query-dirty-rate" when LineFields.Object(line, "data") is { } rate:
                if (fields.Whole(rate, "dirty-rate", "data.dirty-rate", "MiB/s") is { } mebibytes and < 1 << 30) _settings = _settings with { MeasuredDirtyBytesPerSecond = mebibytes * 1048576.0 };
                break;
        }
    }

    private MigrationSample Sample(TimeSpan at, JsonElement reply, LineFields fields)
    {
        var sample = _settings with
        {
            At = at,
            Phase = MigrationPhases.OfQemu(fields.Text(reply, "status", "data.status") ?? ""),
            Elapsed = fields.Time(reply, "total-time", "data.total-time", "milliseconds", 0.001),
            Setup = fields.Time(reply, "setup-time", "data.setup-time", "milliseconds", 0.001),
            ExpectedDowntime = fields.Time(reply, "expected-downtime", "data.expected-downtime", "milliseconds", 0.001),
            Downtime = fields.Time(reply, "downtime", "data.downtime", "milliseconds", 0.001),
            ThrottlePercent = (int?)Math.Min(100, fields.Whole(reply, "cpu-throttle-percentage", "data.cpu-throttle-percentage", "a percentage") ?? 0),
            Error = fields.Text(reply, "error-desc", "data.error-desc"),
        };
        if (fields.ObjectOf(reply, "ram", "data.ram") is not { } ram) return sample;
        var page = Bytes("page-size") is { } size and > 0 and < 1 << 30 ? size : 4096;
        return sample with
        {
            PageSize = page,
            Compressed = reply.TryGetProperty("xbzrle-cache", out _) ? true : null,
            TotalBytes = Bytes("total"),
            RemainingBytes = Bytes("remaining"),
            TransferredBytes = Bytes("transferred"),
            NormalBytes = Bytes("normal-bytes"),
            ZeroBytes = fields.Whole(ram, "duplicate", "data.ram.duplicate", "a number of pages") is { } zeros and < 1L << 40 ? zeros * page : null,
            TransferBytesPerSecond = fields.Number(ram, "mbps", "data.ram.mbps", "megabits per second") * 125000,
            DirtyBytesPerSecond = fields.Number(ram, "dirty-pages-rate", "data.ram.dirty-pages-rate", "pages per second") * page,
            Pass = fields.Whole(ram, "dirty-sync-count", "data.ram.dirty-sync-count", "the number of a pass"),
            PostcopyRequests = fields.Whole(ram, "postcopy-requests", "data.ram.postcopy-requests", "a number of pages"),
        };

        long? Bytes(string name) => fields.Whole(ram, name, $"data.ram.{name}", "a number of bytes");
    }

    private void TakeParameters(JsonElement parameters, string path, LineFields fields) => _settings = _settings with
    {
        BandwidthLimit = fields.Whole(parameters, "max-bandwidth", $"{path}.max-bandwidth", "bytes per second") ?? _settings.BandwidthLimit,
        PostcopyBandwidthLimit = fields.Whole(parameters, "max-postcopy-bandwidth", $"{path}.max-postcopy-bandwidth", "bytes per second") ?? _settings.PostcopyBandwidthLimit,
        DowntimeLimit = fields.Time(parameters, "downtime-limit", $"{path}.downtime-limit", "milliseconds", 0.001) ?? _settings.DowntimeLimit,
    };

    private void TakeCapabilities(JsonElement list, LineFields fields)
    {
        if (list.ValueKind != JsonValueKind.Array) return;
        foreach (var item in list.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Object || !item.TryGetProperty("state", out var state)) continue;
            bool? on = state.ValueKind switch { JsonValueKind.True => true, JsonValueKind.False => false, _ => null };
            switch (fields.Text(item, "capability", "capability"))
            {
                case "postcopy-ram": _settings = _settings with { PostcopyEnabled = on }; break;
                case "auto-converge": _settings = _settings with { AutoConvergeEnabled = on }; break;
            }
        }
    }

    private void TakeProcess(JsonElement process, LineFields fields)
    {
        if (fields.Whole(process, "VmRSS", "data.VmRSS", "KiB") is { } kibibytes and < 1L << 50) _settings = _settings with { ResidentBytes = kibibytes << 10 };
    }
}
