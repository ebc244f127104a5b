namespace NodeAgent.Doctor.Facts;

/// <param name="State">How it is there.</param>
/// <param name="Source">What says so, or why it is not known: "/proc/modules"; of one on disk the device that loads it.</param>
internal sealed record KernelPart(KernelPartState State, string Source);
