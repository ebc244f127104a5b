namespace NodeAgent.Doctor.Facts;

/// <param name="Name">"sda"</param>
/// <param name="Kind">How it is attached.</param>
/// <param name="Paths">NVMe controllers that lead to it; 1 of others.</param>
internal sealed record Disk(string Name, DiskKind Kind, int Paths = 1);
