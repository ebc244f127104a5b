namespace NodeAgent.Storage.DeviceMapper;

/// <summary>A device of device-mapper that is no multipath map.</summary>
/// <param name="Name">In /dev/mapper.</param>
/// <param name="Uuid">Whose it is, by its beginning; empty where it has none.</param>
internal sealed record DmOther(string Name, string Uuid);
