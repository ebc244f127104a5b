using NodeAgent.Kvm.Model;

namespace NodeAgent.Kvm.Probing;

/// <summary>How a guest ended.</summary>
/// <param name="Outcome">In a word.</param>
/// <param name="Reason">In a sentence.</param>
/// <param name="TscKhz">What its virtual CPU was given; null where KVM does not say.</param>
internal readonly record struct GuestResult(ProbeOutcome Outcome, string Reason, int? TscKhz);
