namespace NodeAgent.Storage.Model;

/// <summary>Whether and how maps are read.</summary>
public enum StorageSourceState
{
    /// <summary>multipathd and device-mapper both answer.</summary>
    Multipathd,

    /// <summary>Device-mapper alone: multipathd does not run or does not answer.</summary>
    DeviceMapper,

    /// <summary>This node has no multipath maps, and no multipathd.</summary>
    Absent,

    /// <summary>The kernel has no device-mapper.</summary>
    Unsupported,

    /// <summary>It could not be read.</summary>
    Failed,
}
