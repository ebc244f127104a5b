namespace NodeAgent.Doctor.Facts;

/// <summary>Of /proc/meminfo and /proc/swaps, in bytes.</summary>
/// <param name="Total">Memory the kernel has.</param>
/// <param name="Swap">Swap space in use or ready for it.</param>
/// <param name="Swaps">Where it is: "/dev/sda3".</param>
internal sealed record MemoryFacts(Known<long> Total, Known<long> Swap, IReadOnlyList<string> Swaps);
