using NodeAgent.Storage.Model;

namespace NodeAgent.Storage.Judging;

/// <summary>The words for where the knowledge of maps comes from, in JSON, the API's summary and metrics.</summary>
public static class SourceWords
{
    /// <summary>Every state.</summary>
    public static readonly IReadOnlyList<StorageSourceState> All =
        [StorageSourceState.Multipathd, StorageSourceState.DeviceMapper, StorageSourceState.Absent, StorageSourceState.Unsupported, StorageSourceState.Failed];

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
