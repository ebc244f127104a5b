using NodeAgent.Network.Model;

namespace NodeAgent.Cli.Sandbox;

/// <summary>What the running kernel cannot make, found by trying it, each with the kernel's answer.</summary>
/// <param name="MissingTypes">Link types that cannot be created.</param>
/// <param name="VlanFiltering">Null where a bridge can filter VLANs, else the kernel's answer.</param>
public sealed record KernelParts(IReadOnlyDictionary<InterfaceType, string> MissingTypes, string? VlanFiltering = null)
{
    public bool Has(InterfaceType type) => !MissingTypes.ContainsKey(type);
}
