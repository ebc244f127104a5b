namespace NodeAgent.Metrics.Process;

/// <summary>A process at one moment. Processor time is user's and kernel's, the start is in seconds after boot.</summary>
internal sealed record ProcessSample(double CpuSeconds, double StartedAfterBoot, long Threads, long VirtualBytes, long ResidentBytes, int Descriptors);
