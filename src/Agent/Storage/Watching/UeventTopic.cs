namespace NodeAgent.Storage.Watching;

/// <summary>What of storage an event of the kernel's device model is about.</summary>
internal enum UeventTopic
{
    /// <summary>Nothing of storage.</summary>
    None,

    /// <summary>A device of device-mapper: it changed, or it came or went.</summary>
    Map,

    /// <summary>Another block device, which may be a path.</summary>
    Path,

    /// <summary>An adapter, a session, a remote port or a SCSI device.</summary>
    Adapter,

    /// <summary>Device-mapper itself came or went.</summary>
    DeviceMapper,
}
