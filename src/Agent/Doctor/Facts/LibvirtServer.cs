namespace NodeAgent.Doctor.Facts;

/// <summary>A libvirt daemon and its read-only socket.</summary>
/// <param name="Pid">Of the process.</param>
/// <param name="Error">Why it cannot be reached; null: it takes connections.</param>
/// <param name="NotPermitted">That is for root only.</param>
internal sealed record LibvirtServer(int Pid, string? Error, bool NotPermitted);
