using NodeAgent.Storage.Model;

namespace NodeAgent.Storage.DeviceMapper;

/// <summary>A path as device-mapper has it.</summary>
/// <param name="Number">Of its block device.</param>
/// <param name="Active">I/O goes over it; else device-mapper has failed it.</param>
/// <param name="FailCount">How often it was failed since the table was loaded.</param>
public readonly record struct DmPath(DeviceNumber Number, bool Active, uint FailCount);
