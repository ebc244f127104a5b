using NodeAgent.Kvm.Model;

namespace NodeAgent.Kvm.Reading;

/// <summary>Whether guests may have guests, from the parameter "nested" of the processor's module.</summary>
internal static class NestedReader
{
    public static KvmNested Of(IReadOnlyList<KvmModule> modules)
    {
        foreach (var module in modules)
        {
            // "Y" and "N" of kvm_intel, "1" and "0" of kvm_amd.
            if (module.Parameter("nested") is not { } value) continue;
            var enabled = value is "Y" or "y" or "1";
            return new KvmNested(enabled, $"{module.Name} has nested={value}: guests {(enabled ? "may" : "cannot")} run virtual machines of their own");
        }

        return new KvmNested(null, modules.Count == 0 ? "no KVM module is loaded that could say" : "no loaded KVM module has the parameter nested");
    }
}
