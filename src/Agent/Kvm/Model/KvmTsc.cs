namespace NodeAgent.Kvm.Model;

/// <summary>The time stamp counter: guests move between nodes only if theirs is the same, or can be scaled.</summary>
/// <param name="Constant">Runs at one rate whatever the clock of the core (constant_tsc).</param>
/// <param name="NonStop">Runs on in deep sleep (nonstop_tsc).</param>
/// <param name="Scalable">The processor can show a guest another rate (vmx tsc_scaling, tsc_scale); null where the flags could not be read.</param>
/// <param name="FrequencyKhz">What KVM gives its guests; null where it could not be asked.</param>
public sealed record KvmTsc(bool Constant, bool NonStop, bool? Scalable, int? FrequencyKhz);
