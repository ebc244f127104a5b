using NodeAgent.Api.V1;

namespace NodeAgent.Cli.Storage;

/// <summary>The words for what the API tells of storage: the same in tables, JSON and lines of a watch.</summary>
internal static class StorageWords
{
    public static string Of(StorageVerdict verdict) => verdict switch
    {
        StorageVerdict.Healthy => "healthy",
        StorageVerdict.Degraded => "degraded",
        StorageVerdict.NoRedundancy => "no redundancy",
        StorageVerdict.Failed => "failed",
        StorageVerdict.Queueing => "queueing",
        _ => "unknown",
    };

    public static string Of(StorageSourceState state) => state switch
    {
        StorageSourceState.Multipathd => "multipathd",
        StorageSourceState.DeviceMapper => "device-mapper",
        StorageSourceState.Absent => "absent",
        StorageSourceState.Unsupported => "unsupported",
        _ => "failed",
    };

    public static string Of(MapUserKind kind) => kind switch
    {
        MapUserKind.Mount => "mount",
        MapUserKind.LogicalVolume => "logical volume",
        MapUserKind.PersistentVolume => "persistent volume",
        MapUserKind.Swap => "swap",
        _ => "device",
    };

    public static string Of(Severity severity) => severity switch
    {
        Severity.Ok => "ok",
        Severity.Warning => "warning",
        Severity.Critical => "critical",
        _ => "unknown",
    };

    /// <summary>How a severity is painted.</summary>
    public static Func<string, string> Paint(Severity severity, Style style) => severity switch
    {
        Severity.Ok => style.Good,
        Severity.Critical => style.Bad,
        _ => style.Warn,
    };

    /// <summary>"100 GiB", "1.5 TiB": sizes as people name volumes.</summary>
    public static string Size(ulong bytes)
    {
        string[] units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];
        var (value, unit) = ((double)bytes, 0);
        while (value >= 1024 && unit < units.Length - 1) (value, unit) = (value / 1024, unit + 1);
        return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{value:0.#} {units[unit]}");
    }

    /// <summary>What a map is known by in the API.</summary>
    public static string Identity(MultipathMap map) => map.Wwid.Length > 0 ? map.Wwid : map.Name;
}
