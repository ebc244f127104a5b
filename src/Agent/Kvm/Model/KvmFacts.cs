namespace NodeAgent.Kvm.Model;

/// <summary>Everything that was read of this node for KVM; how it is to be judged is not its business.</summary>
public sealed record KvmFacts
{
    public required KvmCpu Cpu { get; init; }

    /// <summary>kvm first, then the processor's; those that are absent are not listed.</summary>
    public IReadOnlyList<KvmModule> Modules { get; init; } = [];

    public required KvmDevice Device { get; init; }

    public required KvmNested Nested { get; init; }

    /// <summary>By size, then the total before each node's.</summary>
    public IReadOnlyList<HugepagePool> Hugepages { get; init; } = [];

    public IReadOnlyList<NumaNode> NumaNodes { get; init; } = [];

    public required IommuFacts Iommu { get; init; }

    /// <summary>By name.</summary>
    public IReadOnlyList<Mitigation> Mitigations { get; init; } = [];

    public required KsmFacts Ksm { get; init; }

    public required HostMachine Host { get; init; }

    /// <summary>What could not be read, each with its file and the reason.</summary>
    public IReadOnlyList<string> Unread { get; init; } = [];

    /// <summary>Null where it is absent.</summary>
    public KvmModule? Module(string name)
    {
        foreach (var module in Modules)
        {
            if (module.Name == name) return module;
        }

        return null;
    }
}
