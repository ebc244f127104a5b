namespace NodeAgent.Kvm.Model;

/// <summary>Whether devices can be given to guests.</summary>
/// <param name="Units">Names in /sys/class/iommu: "dmar0", "ivhd0".</param>
/// <param name="Groups">Groups in /sys/kernel/iommu_groups; null where they could not be read.</param>
/// <param name="CommandLine">What the kernel's command line says of it: "intel_iommu=on", "iommu=pt".</param>
public sealed record IommuFacts(IReadOnlyList<string> Units, int? Groups, IReadOnlyList<string> CommandLine)
{
    public bool Enabled => Units.Count > 0 && Groups > 0;
}
