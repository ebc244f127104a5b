namespace NodeAgent.Kvm.Model;

/// <summary>What this node runs on.</summary>
/// <param name="Virtualized">It is itself a virtual machine; null where nothing says so or not.</param>
/// <param name="Hypervisor">"KVM", "VMware", "Xen", "user-mode Linux"; null where it does not say.</param>
/// <param name="Vendor">DMI's system vendor: "Dell Inc."; null where unknown.</param>
/// <param name="Product">DMI's product name: "PowerEdge R650".</param>
public sealed record HostMachine(bool? Virtualized, string? Hypervisor, string? Vendor, string? Product);
