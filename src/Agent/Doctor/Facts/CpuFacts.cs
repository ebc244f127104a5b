namespace NodeAgent.Doctor.Facts;

/// <param name="Threads">Processors that are online, as the scheduler counts them.</param>
/// <param name="Cores">Cores they belong to; absent where the kernel does not say which those are.</param>
internal sealed record CpuFacts(Known<int> Threads, Known<int> Cores);
