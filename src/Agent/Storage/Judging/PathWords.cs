using NodeAgent.Storage.Model;

namespace NodeAgent.Storage.Judging;

/// <summary>What the three states of a path mean, and the words for them.</summary>
public static class PathWords
{
    /// <summary>
    /// I/O goes over it, or may at any time: device-mapper has it as active. A standby path ("ghost" to the checker, ALUA standby) is usable:
    /// device-mapper turns to it by itself when the active ones fail, and multipathd counts it as well. A path that only multipathd knows is not.
    /// </summary>
    public static bool IsUsable(StoragePath path) => path.DmActive == true;

    /// <summary>Device-mapper would send I/O over it although the device below is known to be gone: the next I/O over it fails.</summary>
    public static bool IsDoubtful(StoragePath path) => path.DmActive == true && (IsDown(path.DeviceState) || path.CheckerState is "faulty" or "i/o timeout");

    /// <summary>"active", "failed"; "none" where device-mapper does not have the path.</summary>
    public static string Dm(StoragePath path) => path.DmActive switch { true => "active", false => "failed", null => "none" };

    /// <summary>The device does its work, as its bus says.</summary>
    public static bool IsUp(string? deviceState) => deviceState is "running" or "live";

    /// <summary>Who says the device's state: "SCSI" or "NVMe".</summary>
    public static string Bus(StoragePath path) => path.Hctl is null && path.Device.StartsWith("nvme", StringComparison.Ordinal) ? "NVMe" : "SCSI";

    // "blocked" and "quiesce" pass, and so does a controller that is "connecting" or "resetting".
    private static bool IsDown(string? deviceState) => deviceState is "offline" or "transport-offline" or "deleting" or "deleting (no IO)" or "dead";
}
