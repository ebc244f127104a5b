namespace NodeAgent.Kvm.Model;

/// <summary>What came of running a guest of a few instructions.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Reason">What was found, in one sentence; why it was not run, where it was not.</param>
/// <param name="Duration">From opening the device to the end of the VM; null where it was not run.</param>
public sealed record KvmProbe(ProbeOutcome Outcome, string Reason, TimeSpan? Duration);
