namespace NodeAgent.Storage.Model;

/// <summary>What uses a map.</summary>
public enum MapUserKind
{
    /// <summary>A file system mounted from it, or from a partition or volume on it.</summary>
    Mount,

    /// <summary>An LVM volume.</summary>
    LogicalVolume,

    /// <summary>A PersistentVolume that kubelet mapped or mounted, by the device's number.</summary>
    PersistentVolume,

    /// <summary>Another device on top of it: a partition, a RAID, a crypt device.</summary>
    Device,

    /// <summary>Swap space.</summary>
    Swap,
}
