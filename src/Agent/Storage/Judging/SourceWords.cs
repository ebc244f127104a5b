using NodeAgent.Storage.Model;

namespace NodeAgent.Storage.Judging;

/// <summary>The words for where the knowledge of maps comes from, in JSON, the API's summary and metrics.</summary>
public static class SourceWords
{
    /// <summary>Every state.</summary>
    public static readonly IReadOnlyList<StorageSourceState> All =
        [StorageSourceState.Multipathd, StorageSourceState.DeviceMapper, StorageSourceState.Absent, StorageSourceState.Unsupported, StorageSourceState.Failed];

    /// <summary>What is wrong where there are maps and device-mapper alone tells of them.</summary>
    /// <param name="reason">Why multipathd does not.</param>
    public static string WithoutMultipathd(string reason) => $"nobody checks the paths of multipath maps or takes them back: {reason}";

    /// <summary>"device-mapper"</summary>
    public static string Of(StorageSourceState state) => state switch
    {
        StorageSourceState.Multipathd => "multipathd",
        StorageSourceState.DeviceMapper => "device-mapper",
        StorageSourceState.Absent => "absent",
        StorageSourceState.Unsupported => "unsupported",
        _ => "failed",
    };
}
