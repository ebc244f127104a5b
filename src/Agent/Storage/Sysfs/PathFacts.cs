namespace NodeAgent.Storage.Sysfs;

/// <summary>What sysfs says of a path's device.</summary>
/// <param name="Route">What it hangs on; null where there is no such device (any more).</param>
/// <param name="State">Of the SCSI device or the NVMe controller: "running", "offline", "live"; null where it does not say.</param>
/// <param name="Product">Vendor and model; null where unknown.</param>
/// <param name="TargetPort">SAS address of the far end; null where there is none. For other transports the initiator knows.</param>
/// <param name="Error">Why it could not be read in full.</param>
internal sealed record PathFacts(DeviceRoute? Route, string? State, string? Product, string? TargetPort, string? Error)
{
    public static readonly PathFacts Gone = new(null, null, null, null, null);
}
