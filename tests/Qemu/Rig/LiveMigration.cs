using System.Text.Json.Nodes;
using NodeAgent.Tests.Support;

namespace NodeAgent.Tests.Qemu.Rig;

/// <summary>A migration between two guests. Prepared, it listens and has its limits; <see cref="Start"/> begins it.</summary>
public sealed class LiveMigration
{
    private readonly string _uri;

    public LiveMigration(QemuGuest source, QemuGuest destination, MigrationOptions options)
    {
        (Source, Destination, Options) = (source, destination, options);
        foreach (var side in (QemuGuest[])[source, destination])
        {
            side.Monitor.Enable("events", options.Events);
            side.Monitor.Enable("auto-converge", options.AutoConverge);
            side.Monitor.Enable("postcopy-ram", options.Postcopy);
        }

        Limit(options.BandwidthMiB, options.DowntimeMilliseconds);
        Set(new JsonObject { ["max-postcopy-bandwidth"] = (long)options.PostcopyBandwidthMiB << 20 });
        if (options.Throttle is { } throttle) Set(new JsonObject { ["cpu-throttle-initial"] = throttle.Initial, ["cpu-throttle-increment"] = throttle.Increment });
        destination.Monitor.Call("migrate-incoming", new JsonObject { ["uri"] = options.Tcp ? "tcp:127.0.0.1:0" : $"unix:{destination.Folder}/migration.sock" });
        _uri = options.Tcp ? Listening(destination) : $"unix:{destination.Folder}/migration.sock";
    }

    public QemuGuest Source { get; }

    public QemuGuest Destination { get; }

    public MigrationOptions Options { get; }

    /// <summary>QEMU's word of the source; "none" before the start.</summary>
    public string Status => Query()["status"]?.GetValue<string>() ?? "none";

    public bool IsOver => Status is "completed" or "failed" or "cancelled";

    /// <summary>query-migrate of the source.</summary>
    public JsonObject Query() => (JsonObject)Source.Monitor.Call("query-migrate");

    public void Start() => Source.Monitor.Call("migrate", new JsonObject { ["uri"] = _uri });

    public void Limit(int bandwidthMiB, int downtimeMilliseconds) =>
        Set(new JsonObject { ["max-bandwidth"] = (long)bandwidthMiB << 20, ["downtime-limit"] = downtimeMilliseconds });

    public void Cancel() => Source.Monitor.Call("migrate_cancel");

    public void SwitchToPostcopy() => Source.Monitor.Call("migrate-start-postcopy");

    /// <summary>The status it ended with.</summary>
    public string WaitForEnd(int seconds = 120) => Wait.Until(() => IsOver, seconds) ? Status : throw new TimeoutException($"the migration does not end: {Query().ToJsonString()}");

    private static string Listening(QemuGuest destination)
    {
        var address = destination.Monitor.Call("query-migrate")["socket-address"]![0]!;
        return $"tcp:127.0.0.1:{address["port"]!.GetValue<string>()}";
    }

    private void Set(JsonObject parameters) => Source.Monitor.Call("migrate-set-parameters", parameters);
}
