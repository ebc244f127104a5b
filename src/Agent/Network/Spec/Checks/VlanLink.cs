using NodeAgent.Network.Model;

namespace NodeAgent.Network.Spec.Checks;

/// <summary>A VLAN sub-interface that is there once the documents are applied; Spec is null where only the node has it.</summary>
internal readonly record struct VlanLink(string Name, int Id, long Protocol, InterfaceSpec? Spec)
{
    /// <summary>The name, and where it comes from.</summary>
    public string Place => Spec is null ? $"{Name} (exists already)" : CheckContext.Place(Spec);
}
