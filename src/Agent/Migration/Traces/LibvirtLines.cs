using System.Text.Json;
using NodeAgent.Migration.Model;
using NodeAgent.Migration.Qmp.Wire;

namespace NodeAgent.Migration.Traces;

/// <summary>
/// Lines of libvirt's job statistics: {"t":…,"type":…,"params":{…}}; parameters plain or as ["ullong", 5]; completed statistics also
/// as {"job":[type, {…}]}. Without "t" the job's own time counts. Lines of the destination ("side":"dst") say nothing of memory.
/// </summary>
internal sealed class LibvirtLines
{
    private TimeSpan _last;

    public bool SawMigration { get; private set; }

    /// <summary>What libvirt answered in place of the last statistics; null where it did not.</summary>
    public string? Ended { get; set; }

    public void Take(JsonElement line, LineFields fields, List<TraceEntry> entries)
    {
        if (fields.Text(line, "side", "side") == "dst") return;
        if (fields.Text(line, "err", "err") is { } error)
        {
            Ended = error;
            return;
        }

        if (line.TryGetProperty("job", out var job))
        {
            if (job.ValueKind == JsonValueKind.Array && job.GetArrayLength() == 2 && job[0].ValueKind == JsonValueKind.Number && job[1].ValueKind == JsonValueKind.Object && job[0].TryGetInt64(out var code))
                Add(line, code, job[1], "job", fields, entries);
            else fields.Wrong("job", $"expected a job's type and its parameters, found {ShownJson.Of(job)}");
            return;
        }

        if (fields.Whole(line, "type", "type", "the number of a job type") is not { } type)
        {
            if (!line.TryGetProperty("type", out _)) fields.Wrong("type", "expected the number of a job type, found none");
            return;
        }

        if (fields.ObjectOf(line, "params", "params") is { } parameters) Add(line, type, parameters, "params", fields, entries);
        else if (!line.TryGetProperty("params", out _)) fields.Wrong("params", "expected an object, found none");
    }

    private void Add(JsonElement line, long type, JsonElement parameters, string path, LineFields fields, List<TraceEntry> entries)
    {
        var elapsed = Milliseconds("time_elapsed");
        var at = line.TryGetProperty("t", out _) ? fields.Time(line, "t", "t", "seconds", 1) : elapsed ?? _last;
        if (at is not { } time) return;
        if (time < _last - TimeSpan.FromSeconds(1))
        {
            fields.Wrong("t", FormattableString.Invariant($"expected at least {_last.TotalSeconds:0.###} as in a line before, found {time.TotalSeconds:0.###}"));
            return;
        }

        _last = time = time < _last ? _last : time;
        if (MigrationPhases.OfLibvirt(type) is not { } phase)
        {
            fields.Wrong(path == "job" ? "job[0]" : "type", $"expected a job type from 0 to 5, found {type}");
            return;
        }

        SawMigration = true;
        var page = Whole("memory_page_size", "a number of bytes") is { } size and > 0 and < 1 << 30 ? size : 4096;
        var downtime = Milliseconds("downtime");
        entries.Add(new TraceEntry(new MigrationSample(time)
        {
            Phase = phase,
            Elapsed = elapsed,
            Setup = Milliseconds("setup_time"),
            PageSize = page,
            TotalBytes = Whole("memory_total", "a number of bytes"),
            RemainingBytes = Whole("memory_remaining", "a number of bytes"),
            TransferredBytes = Whole("memory_processed", "a number of bytes"),
            NormalBytes = Whole("memory_normal_bytes", "a number of bytes"),
            ZeroBytes = Whole("memory_constant", "a number of pages") is { } zeros and < 1L << 40 ? zeros * page : null,
            Compressed = parameters.TryGetProperty("compression_cache", out _) ? true : null,
            TransferBytesPerSecond = fields.Number(parameters, "memory_bps", $"{path}.memory_bps", "bytes per second"),
            DirtyBytesPerSecond = fields.Number(parameters, "memory_dirty_rate", $"{path}.memory_dirty_rate", "pages per second") * page,
            Pass = Whole("memory_iteration", "the number of a pass"),
            PostcopyRequests = Whole("memory_postcopy_requests", "a number of pages"),
            ThrottlePercent = (int?)Math.Min(100, Whole("auto_converge_throttle", "a percentage") ?? 0),

            // One field for both: what is expected while it runs, what it was after the end.
            ExpectedDowntime = phase == MigrationPhase.Active ? downtime : null,
            Downtime = phase == MigrationPhase.Completed ? downtime : null,
            Error = fields.Text(parameters, "errmsg", $"{path}.errmsg"),
        }));

        TimeSpan? Milliseconds(string name) => fields.Time(parameters, name, $"{path}.{name}", "milliseconds", 0.001);

        long? Whole(string name, string what) => fields.Whole(parameters, name, $"{path}.{name}", what);
    }
}
