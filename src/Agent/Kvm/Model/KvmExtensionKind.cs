namespace NodeAgent.Kvm.Model;

/// <summary>An extension that is asked for.</summary>
/// <param name="Name">As linux/kvm.h has it, without KVM_CAP_.</param>
/// <param name="Number">Of the same.</param>
/// <param name="Meaning">What it gives, in a few words; what its number counts, where it is one.</param>
/// <param name="Important">Shown to people without being asked.</param>
public sealed record KvmExtensionKind(string Name, int Number, string Meaning, bool Important);
