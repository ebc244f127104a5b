namespace NodeAgent.Doctor.Facts;

/// <summary>A physical network interface.</summary>
/// <param name="Name">"enp1s0"</param>
/// <param name="Speed">Bits per second; absent without a carrier, and where the driver does not say.</param>
/// <param name="Carrier">Null where not known: the link is down.</param>
internal sealed record Nic(string Name, Known<long> Speed, bool? Carrier);
