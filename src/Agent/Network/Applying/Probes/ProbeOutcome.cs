using NodeAgent.Network.Model;

namespace NodeAgent.Network.Applying.Probes;

/// <summary>What a probe found, in one sentence.</summary>
public sealed record ProbeOutcome(ProbeSpec Probe, bool Passed, string Message);
