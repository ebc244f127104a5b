using NodeAgent.Kvm.Model;

namespace NodeAgent.Kvm.Reading;

/// <summary>Whether this node is itself a virtual machine: the processor's flag, /sys/hypervisor, /sys/class/dmi.</summary>
internal static class HostMachineReader
{
    public const string UserModeLinux = "user-mode Linux";

    // Beginnings of DMI's vendor or product, and the name people know.
    private static readonly (string Beginning, string Hypervisor)[] s_names =
    [
        ("QEMU", "QEMU"),
        ("KubeVirt", "KVM (KubeVirt)"),
        ("OpenStack", "KVM (OpenStack)"),
        ("oVirt", "KVM (oVirt)"),
        ("RHEV", "KVM (RHV)"),
        ("KVM", "KVM"),
        ("Google", "KVM (Google Compute Engine)"),
        ("Amazon EC2", "Amazon EC2"),
        ("VMware", "VMware"),
        ("innotek GmbH", "VirtualBox"),
        ("VirtualBox", "VirtualBox"),
        ("Xen", "Xen"),
        ("Virtual Machine", "Hyper-V"),
        ("Parallels", "Parallels"),
        ("BHYVE", "bhyve"),
        ("Apple Virtualization", "Apple Virtualization"),
    ];

    public static HostMachine Read(HostPaths paths, KvmCpu cpu, UnreadFiles files)
    {
        var vendor = files.Text(Path.Combine(paths.Sys, "class/dmi/id/sys_vendor"));
        var product = files.Text(Path.Combine(paths.Sys, "class/dmi/id/product_name"));
        if (cpu.Vendor == "User Mode Linux") return new HostMachine(true, UserModeLinux, vendor, product);
        var xen = files.Text(Path.Combine(paths.Sys, "hypervisor/type")) == "xen";
        if (xen && files.Text(Path.Combine(paths.Proc, "xen/capabilities"))?.Contains("control_d", StringComparison.Ordinal) == true)
            return new HostMachine(false, "Xen", vendor, product);
        var name = xen ? "Xen" : NameOf(product) ?? NameOf(vendor);
        if (cpu.IsHypervisorGuest || xen) return new HostMachine(true, name, vendor, product);
        // Every hypervisor for x86 sets the flag; elsewhere there is only the name.
        if (cpu.Virtualization != CpuVirtualization.Unknown) return new HostMachine(false, null, vendor, product);
        return new HostMachine(name is null ? null : true, name, vendor, product);
    }

    private static string? NameOf(string? text)
    {
        if (text is null) return null;
        foreach (var (beginning, hypervisor) in s_names)
        {
            if (text.StartsWith(beginning, StringComparison.OrdinalIgnoreCase)) return hypervisor;
        }

        return null;
    }
}
