namespace NodeAgent.Doctor.Facts;

/// <param name="Nics">Physical network interfaces: Ethernet, a device behind them, no virtual function of another; by name.</param>
/// <param name="LeftOut">Others with a device, and why they do not count: "usb0 (USB)".</param>
/// <param name="Error">Why the list could not be read.</param>
internal sealed record NicFacts(IReadOnlyList<Nic> Nics, IReadOnlyList<string> LeftOut, string? Error);
