namespace NodeAgent.Native.DeviceMapper;

/// <summary>A device of device-mapper, as its list has it.</summary>
/// <param name="Name">In /dev/mapper.</param>
/// <param name="Number">Of the block device.</param>
/// <param name="EventNumber">Rises with each event of the device; null before Linux 4.13.</param>
/// <param name="Uuid">Says by its beginning whose it is ("mpath-", "LVM-"); empty where it has none, null where the kernel's list does not say (before 5.13).</param>
public readonly record struct DmDevice(string Name, DmNumber Number, uint? EventNumber, string? Uuid);
