using NodeAgent.Config;
using NodeAgent.Kvm.Model;

namespace NodeAgent.Doctor.Judging;

/// <summary>What <see cref="KvmReport"/> says, as the doctor's lines.</summary>
internal static class KvmChecks
{
    public static readonly IReadOnlyList<Check<KvmReport>> All =
    [
        new("cpu.virtualization", static _ => "Intel VT-x or AMD-V, on in the firmware", "without it VMs are emulated, ten times slower and more", Cpu),
        new("kvm.usable", static _ => "/dev/kvm runs a guest", "without KVM no production VM runs on this node", Usable),
        new("host.bare-metal", static _ => "bare metal", "VMs in a VM are slower, and need nested virtualization, which the hypervisor's owner may switch off", BareMetal),
        new("memory.hugepages", static _ => "as many as the node's VMs ask for; none is fine where none does", "a VM that asks for hugepages is placed only where enough are free", Hugepages),
    ];

    private static Finding Cpu(KvmReport report, DoctorSettings settings)
    {
        var cpu = report.Facts.Cpu;
        var model = cpu.Model is { Length: > 0 } name ? $" ({name})" : "";
        switch (cpu.Virtualization)
        {
            case CpuVirtualization.Vmx or CpuVirtualization.Svm when cpu.Firmware.State == FirmwareState.Disabled:
                return Finding.Fail($"{Word(cpu.Virtualization)}, off in the firmware{model}", $"switch {Word(cpu.Virtualization)} (SVM mode, VMX) on in the firmware's setup, and switch the machine off and on again");
            case CpuVirtualization.Vmx or CpuVirtualization.Svm:
                return Finding.Ok($"{Word(cpu.Virtualization)}{model}");
            case CpuVirtualization.None when report.Usable:
                return Finding.Warn($"neither shows, and KVM works all the same{model}", "where this is a VM, its hypervisor helps KVM in a way of its own: ask whoever runs it whether that is meant for production");
            case CpuVirtualization.None when report.Reason is KvmReason.NotPermitted:
                return Finding.Unknown($"neither shows, and there is /dev/kvm all the same: whether it works only root can try{model}", "run it as root");
            case CpuVirtualization.None when report.Facts.Host.Virtualized == true:
                return Finding.Fail($"the hypervisor gives this VM neither{model}", "give this VM nested virtualization (of QEMU: CPU model host-passthrough, and kvm_intel or kvm_amd with nested=1), or use bare metal");
            case CpuVirtualization.None:
                return Finding.Fail($"neither{model}", "look whether the firmware's setup has it switched off; if not, use a machine whose processor has it");
            default:
                return Finding.Unknown(report.Facts.Unread.FirstOrDefault(static e => e.Contains("cpuinfo", StringComparison.Ordinal)) ?? "/proc/cpuinfo lists no flags");
        }
    }

    private static Finding Usable(KvmReport report, DoctorSettings settings) => report.Reason switch
    {
        _ when report.Usable => Finding.Ok(report.Sentence),
        KvmReason.NotPermitted => Finding.Unknown(report.Sentence, "run the doctor as root: KubeVirt's pods are given the device, whoever may open the file"),
        KvmReason.Unknown => Finding.Unknown(report.Sentence),
        _ => Finding.Fail(report.Sentence, "as it says; `nodeagent kvm show` has all that was read for it"),
    };

    private static Finding BareMetal(KvmReport report, DoctorSettings settings)
    {
        var host = report.Facts.Host;
        var name = string.Join(' ', new[] { host.Vendor, host.Product }.Where(static t => !string.IsNullOrEmpty(t)));
        return host.Virtualized switch
        {
            true => Finding.Warn(
                $"a VM{(host.Hypervisor is { } hypervisor ? $" of {hypervisor}" : "")}{(name.Length > 0 ? $" ({name})" : "")}",
                "use bare metal for production; where KVM does not work in this VM, KubeVirt's useEmulation: true runs guests by software emulation, for trying out only"),
            false => Finding.Ok(name.Length > 0 ? name : "bare metal"),
            null => Finding.Unknown("neither the processor's flags nor DMI say", "`systemd-detect-virt` may know more"),
        };
    }

    private static Finding Hugepages(KvmReport report, DoctorSettings settings)
    {
        var pools = report.Facts.Hugepages.Where(static p => p.NumaNode is null).ToList();
        if (pools.Count == 0) return Finding.Absent("this kernel has none");
        var filled = pools.Where(static p => p.Total > 0).ToList();
        return filled.Count == 0
            ? Finding.Absent("none reserved")
            : Finding.Ok(string.Join(", ", filled.Select(static p => $"{p.Total} of {Size(p.SizeBytes)}, {p.Free} free")));
    }

    private static string Size(long bytes) => bytes >= 1 << 30 ? $"{bytes >> 30} GiB" : bytes >= 1 << 20 ? $"{bytes >> 20} MiB" : $"{bytes >> 10} KiB";

    private static string Word(CpuVirtualization virtualization) => virtualization == CpuVirtualization.Vmx ? "Intel VT-x" : "AMD-V";
}
