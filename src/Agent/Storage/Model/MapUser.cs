namespace NodeAgent.Storage.Model;

/// <summary>Who uses a map.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">The mount point, the volume group, the guest's or claim's name; of another kind the device's name.</param>
public sealed record MapUser(MapUserKind Kind, string Name);
