namespace NodeAgent.Kvm.Model;

/// <summary>One of /sys/devices/system/cpu/vulnerabilities.</summary>
/// <param name="Name">"l1tf"</param>
/// <param name="Text">The kernel's line; "unknown: " and why where it cannot be read.</param>
/// <param name="State">Its beginning, as a word.</param>
public sealed record Mitigation(string Name, string Text, MitigationState State);
