namespace NodeAgent.Kvm.Model;

/// <summary>kvm, kvm_intel, kvm_amd and whatever else calls itself so.</summary>
/// <param name="Name">"kvm_intel"</param>
/// <param name="State">Whether it is there.</param>
/// <param name="Parameters">As /sys/module shows them, by name; those that cannot be read are left out.</param>
public sealed record KvmModule(string Name, KvmModuleState State, IReadOnlyList<KvmParameter> Parameters)
{
    /// <summary>Null where it has none of this name.</summary>
    public string? Parameter(string name)
    {
        foreach (var parameter in Parameters)
        {
            if (parameter.Name == name) return parameter.Value;
        }

        return null;
    }
}
