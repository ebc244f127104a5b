namespace NodeAgent.Doctor.Facts;

/// <param name="State">How it is there.</param>
/// <param name="Source">What says so, or why it is not known: "/proc/modules".</param>
internal sealed record KernelPart(KernelPartState State, string Source);
