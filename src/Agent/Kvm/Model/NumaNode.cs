namespace NodeAgent.Kvm.Model;

/// <summary>One NUMA node.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Cpus">As the kernel lists them: "0-15,32-47"; null where unknown.</param>
/// <param name="MemoryBytes">MemTotal of it.</param>
/// <param name="FreeBytes">MemFree of it.</param>
/// <param name="Distances">To each node in order: "10 21"; null where unknown.</param>
public sealed record NumaNode(int Id, string? Cpus, long? MemoryBytes, long? FreeBytes, string? Distances);
