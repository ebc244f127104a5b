using NodeAgent.Kvm.Model;

namespace NodeAgent.Kvm.Reading;

/// <summary>KVM's parts of the kernel, from /sys/module: kvm, and whatever is named kvm_… beside it.</summary>
internal static class ModuleReader
{
    private const string Core = "kvm";
    private const string Vendor = "kvm_";

    public static List<KvmModule> Read(HostPaths paths, UnreadFiles files)
    {
        var folder = Path.Combine(paths.Sys, "module");
        var modules = new List<KvmModule>();
        // Ordinal order: kvm before kvm_intel.
        foreach (var name in files.Names(folder))
        {
            if (name != Core && !name.StartsWith(Vendor, StringComparison.Ordinal)) continue;
            var module = Path.Combine(folder, name);
            // Only modules that were loaded have it; its word is "live" once the module works.
            var state = files.Text(Path.Combine(module, "initstate")) switch
            {
                null => KvmModuleState.BuiltIn,
                "live" => KvmModuleState.Loaded,
                _ => KvmModuleState.Absent,
            };
            if (state != KvmModuleState.Absent) modules.Add(new KvmModule(name, state, Parameters(Path.Combine(module, "parameters"), files)));
        }

        return modules;
    }

    private static List<KvmParameter> Parameters(string folder, UnreadFiles files)
    {
        var parameters = new List<KvmParameter>();
        foreach (var name in files.Names(folder))
        {
            if (files.Text(Path.Combine(folder, name)) is { } value) parameters.Add(new KvmParameter(name, value));
        }

        return parameters;
    }
}
