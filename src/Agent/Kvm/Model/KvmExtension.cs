namespace NodeAgent.Kvm.Model;

/// <summary>One answer of KVM_CHECK_EXTENSION.</summary>
/// <param name="Name">As linux/kvm.h has it, without KVM_CAP_: "DIRTY_LOG_RING".</param>
/// <param name="Value">0: not there; 1: there; for some a number or bits.</param>
public sealed record KvmExtension(string Name, int Value);
