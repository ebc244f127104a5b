namespace NodeAgent.Storage.Model;

/// <summary>One path to a volume. Three parties have a word for its state, and they can differ: device-mapper's is the one that decides where I/O goes.</summary>
public sealed record StoragePath
{
    /// <summary>"sdc"; the number where the device has no name (any more).</summary>
    public required string Device { get; init; }

    public DeviceNumber Number { get; init; }

    /// <summary>Device-mapper sends I/O over it: "A" of its status; false is "F". Null: device-mapper does not have it (multipathd does).</summary>
    public bool? DmActive { get; init; }

    /// <summary>How often device-mapper failed it since the table was loaded.</summary>
    public uint FailCount { get; init; }

    /// <summary>multipathd's checker: "ready", "ghost", "faulty", "shaky", "i/o pending", "i/o timeout", "delayed", "undef"; null where multipathd does not say.</summary>
    public string? CheckerState { get; init; }

    /// <summary>The SCSI device ("running", "offline", "transport-offline", "blocked", "quiesce"), or the NVMe controller ("live", "connecting"); null where sysfs does not say.</summary>
    public string? DeviceState { get; init; }

    /// <summary>Priority as multipathd computes it; null where it does not say.</summary>
    public int? Priority { get; init; }

    /// <summary>Host, channel, target and LUN: "3:0:1:12"; null where it is not SCSI.</summary>
    public string? Hctl { get; init; }

    /// <summary>Name of the adapter or session it runs over, as in <see cref="StorageInitiator.Name"/>: "host3", "session1"; null where unknown.</summary>
    public string? Initiator { get; init; }

    /// <summary>The far end: a remote port's WWPN, an iSCSI target with its portal, an NVMe address; null where unknown.</summary>
    public string? TargetPort { get; init; }

    /// <summary>FC fabric name; null where there is none.</summary>
    public string? Fabric { get; init; }
}
