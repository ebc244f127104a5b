using NodeAgent.Metrics.Instruments;
using NodeAgent.Storage.Judging;

namespace NodeAgent.Metrics.Storage;

/// <summary>What is shown of maps, paths and what they go over.</summary>
internal static class StorageFamilies
{
    public static readonly StorageFamily[] All =
    [
        Source("source", "1 for where the knowledge of multipath maps comes from, 0 for the others.", static (t, i, sink) => t.WriteSource(i, sink)),
        Map("map_info", MetricType.Info, "A multipath map: the volume's identity, its device, whether the root file system or /boot is on it.", ["map", "wwid", "device", "root", "boot"], static (t, m, sink) => sink.Value(m.Info, 1L)),
        new(
            new MetricFamily("nodeagent_storage_map_verdict", MetricType.Gauge, "1 for how a map stands, 0 for the others. Device-mapper's word decides which paths are usable.", "map", "verdict"),
            static t => t.Maps.Length * MapWords.All.Count,
            static (t, i, sink) =>
            {
                var (map, state) = Math.DivRem(i, MapWords.All.Count);
                sink.Value(t.Maps[map].Verdicts[state], t.Maps[map].Judged.Verdict.State == MapWords.All[state] ? 1L : 0);
            }),
        Map("map_size_bytes", "Size of a map.", static (t, m, sink) => sink.Value(m.Labels, m.Judged.Map.SizeBytes)),
        new(
            new MetricFamily("nodeagent_storage_map_paths", MetricType.Gauge, "Paths of a map by device-mapper's state: active, failed, or none where multipathd knows a path that device-mapper does not use.", "map", "state"),
            static t => t.PathStates.Length,
            static (t, i, sink) => sink.Value(t.PathStates[i].Labels, t.PathStates[i].Count)),
        Map("map_best_paths", "The most active paths a map was seen with, ever or since it was accepted with fewer; kept across restarts.", static (t, m, sink) => sink.Value(m.Labels, (long)m.Judged.Verdict.BestUsablePaths)),
        Map("map_flapping", "1 while the paths of a map come and go, else 0.", static (t, m, sink) => sink.Value(m.Labels, m.Judged.Verdict.IsFlapping ? 1L : 0)),
        Map("map_queue_if_no_path", "1 if I/O waits while a map has no path, 0 if it fails.", static (t, m, sink) => sink.Value(m.Labels, m.Judged.Map.QueuesIfNoPath ? 1L : 0)),
        Map("map_queueing_seconds", "How long a map has had no path with I/O waiting; 0 where it has not.", static (t, m, sink) => sink.Value(m.Labels, m.Judged.Verdict.QueueingSince is { } since ? Math.Max(0, (t.Now - since).TotalSeconds) : 0.0)),
        Map("map_redundancy_lost_seconds_total", MetricType.Counter, "How long a map has been without the redundancy it once had, or without any path; kept across restarts.", ["map"], static (t, m, sink) => sink.Value(m.Labels, m.Judged.History.LostUntil(t.Now).TotalSeconds)),
        Map("map_last_change_timestamp_seconds", "When the verdict of a map last changed, Unix time; kept across restarts.", static (t, m, sink) => sink.Value(m.Labels, m.Judged.Verdict.Since.ToUnixTimeMilliseconds() / 1000.0)),
        Path("path_info", MetricType.Info, "What device-mapper, multipathd's checker and the device say of a path, and what it goes over.", ["map", "path", "dm", "checker", "device", "initiator", "target_port"], static (p, sink) => sink.Value(p.Info, 1L)),
        Path("path_active", MetricType.Gauge, "1 if device-mapper sends I/O over a path, else 0, whatever the device says.", ["map", "path"], static (p, sink) => sink.Value(p.Labels, p.IsActive ? 1L : 0)),
        Path("path_failures_total", MetricType.Counter, "How often device-mapper failed a path since the map's table was loaded.", ["map", "path"], static (p, sink) => sink.Value(p.Labels, p.Failures)),
        Initiator("initiator_info", MetricType.Info, "An adapter or session that paths go over.", ["initiator", "transport", "state", "speed", "fabric", "local_name"], static (i, sink) => sink.Value(i.Info, 1L)),
        Initiator("initiator_up", MetricType.Gauge, "1 if an adapter or session is online, logged in or live, else 0; absent where its state is not known.", ["initiator"], static (i, sink) => Known(i.Labels, i.Up, sink)),
        new(
            new MetricFamily("nodeagent_storage_initiator_errors_total", MetricType.Counter, "Error counters of an adapter by their name in sysfs.", "initiator", "counter"),
            static t => t.Counters.Length,
            static (t, i, sink) => sink.Value(t.Counters[i].Labels, t.Counters[i].Value)),
        Remote("remote_info", MetricType.Info, "The far end of an adapter's paths: an FC remote port, an iSCSI target, an NVMe subsystem.", ["initiator", "remote", "address", "state"], static (r, sink) => sink.Value(r.Info, 1L)),
        Remote("remote_up", MetricType.Gauge, "1 if a far end is reached, else 0; absent where its state is not known.", ["initiator", "remote"], static (r, sink) => Known(r.Labels, r.Up, sink)),
    ];

    private static StorageFamily Source(string name, string help, Action<StorageTable, int, MetricSink> write) =>
        new(new MetricFamily("nodeagent_storage_" + name, MetricType.Gauge, help, "state"), static t => t.Source is null ? 0 : SourceWords.All.Count, write);

    private static StorageFamily Map(string name, string help, Action<StorageTable, MapRow, MetricSink> write) => Map(name, MetricType.Gauge, help, ["map"], write);

    private static StorageFamily Map(string name, MetricType type, string help, string[] labels, Action<StorageTable, MapRow, MetricSink> write) =>
        new(new MetricFamily("nodeagent_storage_" + name, type, help, labels), static t => t.Maps.Length, (t, i, sink) => write(t, t.Maps[i], sink));

    private static StorageFamily Path(string name, MetricType type, string help, string[] labels, Action<PathRow, MetricSink> write) =>
        new(new MetricFamily("nodeagent_storage_" + name, type, help, labels), static t => t.Paths.Length, (t, i, sink) => write(t.Paths[i], sink));

    private static StorageFamily Initiator(string name, MetricType type, string help, string[] labels, Action<InitiatorRow, MetricSink> write) =>
        new(new MetricFamily("nodeagent_storage_" + name, type, help, labels), static t => t.Initiators.Length, (t, i, sink) => write(t.Initiators[i], sink));

    private static StorageFamily Remote(string name, MetricType type, string help, string[] labels, Action<RemoteRow, MetricSink> write) =>
        new(new MetricFamily("nodeagent_storage_" + name, type, help, labels), static t => t.Remotes.Length, (t, i, sink) => write(t.Remotes[i], sink));

    private static void Known(LabelSet labels, bool? value, MetricSink sink)
    {
        if (value is { } known) sink.Value(labels, known ? 1L : 0);
    }
}
