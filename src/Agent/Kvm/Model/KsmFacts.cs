namespace NodeAgent.Kvm.Model;

/// <summary>Kernel same-page merging: saves memory of equal guests, costs CPU, and lets guests guess at each other's pages.</summary>
/// <param name="Running">/sys/kernel/mm/ksm/run is 1; null where the kernel has none or it cannot be read.</param>
/// <param name="PagesShared">Pages in use for merged ones.</param>
/// <param name="PagesSharing">Pages saved.</param>
public sealed record KsmFacts(bool? Running, long? PagesShared, long? PagesSharing);
