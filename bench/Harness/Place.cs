namespace NodeAgent.Bench.Harness;

/// <summary>Where a benchmark finds the kernel it needs.</summary>
internal enum Place
{
    /// <summary>This machine's kernel, in a network namespace of its own.</summary>
    Host,

    /// <summary>The virtual machine of tests/Vm: it needs VLANs, bonds or VLAN filtering.</summary>
    Vm,
}
