using NodeAgent.Kvm.Model;
using NodeAgent.Kvm.Reading;

namespace NodeAgent.Kvm.Judging;

/// <summary>From what was read to the one reason. A table: the first line that fits, from what was tried out to what only hints.</summary>
internal static class KvmJudgement
{
    private const string Emulation = "KubeVirt's `useEmulation: true`";

    // Who may not open the device knows nothing of whether it works.
    private const string OfOthers = "That says nothing of guests: KubeVirt's pods are given the device by the kubelet. Whether a guest runs, whoever may open it can try (root: `nodeagent kvm show --local`)";

    private const string OnVirtualMachine = "this node is itself a virtual machine, and production VMs are for bare metal";

    public static KvmReport Of(KvmFacts facts, DateTimeOffset now)
    {
        var (reason, sentence) = Judge(facts);
        var usable = reason is KvmReason.Usable or KvmReason.UsableUnproven;
        return new KvmReport { Checked = now, Usable = usable, Reason = reason, Sentence = sentence, Advice = reason == KvmReason.NotPermitted ? OfOthers : Advice(facts.Host, usable), Facts = facts };
    }

    private static (KvmReason Reason, string Sentence) Judge(KvmFacts facts)
    {
        var device = facts.Device;
        return device.State switch
        {
            KvmDeviceState.Open => OfOpen(facts),
            KvmDeviceState.Stuck => (KvmReason.ProbeTimeout, device.Error!),
            KvmDeviceState.Busy => (KvmReason.Busy, $"{device.Error}: stop the other hypervisor (VirtualBox, VMware) on this node"),
            KvmDeviceState.Wrong => (KvmReason.DeviceWrong, $"{device.Error}: remove it and let udev make it anew (udevadm trigger --name-match=kvm)"),
            KvmDeviceState.NotPermitted => (KvmReason.NotPermitted, $"{device.Error}: {PermissionAdvice(device)}"),
            KvmDeviceState.Failed => (KvmReason.Unknown, $"it is not known whether KVM works: {device.Error}"),
            _ => OfMissing(facts),
        };
    }

    private static (KvmReason Reason, string Sentence) OfOpen(KvmFacts facts)
    {
        var device = facts.Device;
        if (device.ApiVersion != Native.Kvm.KvmSystem.ApiVersion) return (KvmReason.ApiVersion, $"KVM speaks version {device.ApiVersion} of its interface, and 12 is the one that programs know: run a kernel with stock KVM");
        if (device.CreateError is { } error)
        {
            if (device.CreateBusy) return (KvmReason.Busy, $"no VM can be created ({error}): another hypervisor holds the processor; stop it, or look at the kernel's log (dmesg)");
            return (KvmReason.CreateFailed, $"no VM can be created ({error}): look at the kernel's log (dmesg)");
        }

        return device.Probe.Outcome switch
        {
            ProbeOutcome.Passed => (KvmReason.Usable, $"KVM works: a guest ran and came to the right result{How(facts)}{Where(facts.Host)}"),
            ProbeOutcome.NotRun => (KvmReason.UsableUnproven, $"KVM creates VMs; what a guest does was not tried out, since {device.Probe.Reason}{Where(facts.Host)}"),
            ProbeOutcome.Timeout => (KvmReason.ProbeTimeout, $"KVM creates VMs, but {device.Probe.Reason}: look at the kernel's log (dmesg) and at the load of this node"),
            _ => (KvmReason.ProbeFailed, $"KVM creates VMs, but {device.Probe.Reason}: look at the kernel's log (dmesg){Where(facts.Host)}"),
        };
    }

    // Nothing behind /dev/kvm: what keeps it away, from the processor up.
    private static (KvmReason Reason, string Sentence) OfMissing(KvmFacts facts)
    {
        var cpu = facts.Cpu;
        var missing = facts.Device.Error;
        if (facts.Host.Hypervisor == HostMachineReader.UserModeLinux) return (KvmReason.Unsupported, $"{missing}: this kernel is user-mode Linux, which has no KVM");
        if (cpu.Architecture != "x86_64") return OfKernel(facts, null);
        var name = TechnologyOf(cpu);
        if (cpu.Firmware.State == FirmwareState.Disabled) return (KvmReason.FirmwareDisabled, $"{name} is turned off in the firmware ({cpu.Firmware.Source}): turn it on in the BIOS or UEFI setup, and switch the machine off and on");
        if (HasDriver(facts)) return OfKernel(facts, null);
        return cpu.Virtualization switch
        {
            CpuVirtualization.Vmx => OfKernel(facts, "kvm_intel"),
            CpuVirtualization.Svm => OfKernel(facts, "kvm_amd"),
            CpuVirtualization.Unknown => (KvmReason.Unknown, $"{missing}, and it is not known why: /proc/cpuinfo tells no flags of the processor"),
            _ when facts.Host.Virtualized == true => (KvmReason.NoCpuSupport, $"{missing}: the hypervisor this node runs on does not hand {name} down; turn on nested virtualization there (kvm_intel or kvm_amd nested=1, CPU model host-passthrough), or use bare metal"),
            _ => (KvmReason.NoCpuSupport, $"{missing}: the processor shows neither VMX nor SVM; turn on {name} in the BIOS or UEFI setup, where it has it"),
        };
    }

    // Those of Intel and AMD show in /sys/module also where they are built in and found nothing to drive.
    private static bool HasDriver(KvmFacts facts) =>
        facts.Module("kvm") is not null && facts.Modules.Any(static m => m.Name != "kvm" && (m.State == KvmModuleState.Loaded || m.Name is not ("kvm_intel" or "kvm_amd")));

    private static (KvmReason Reason, string Sentence) OfKernel(KvmFacts facts, string? vendorModule)
    {
        var missing = facts.Device.Error;
        if (facts.Module("kvm") is null) return (KvmReason.ModuleAbsent, $"{missing}: the kernel's module {vendorModule ?? "kvm"} is not loaded; modprobe {vendorModule ?? "kvm"}, and look at the kernel's log (dmesg) if it refuses");
        if (vendorModule is not null && !facts.Modules.Any(static m => m.Name != "kvm"))
            return (KvmReason.ModuleAbsent, $"{missing}: the module kvm is loaded, {vendorModule} is not; modprobe {vendorModule}, and look at the kernel's log (dmesg) if it refuses");
        return (KvmReason.DeviceAbsent, $"{missing}, though the kernel has KVM: udev has not made it, or this container was not given it (udevadm trigger --name-match=kvm; in a pod mount /dev/kvm)");
    }

    private static string PermissionAdvice(KvmDevice device)
    {
        if (device.Error!.Contains("EPERM", StringComparison.Ordinal)) return "allow it in the service (DeviceAllow=/dev/kvm rw) or give it to the container";
        // "0660": the digit of the group.
        return device.Mode is [.., '6' or '7', _] ? "run as root, or add the user to that group" : "run as root";
    }

    private static string TechnologyOf(KvmCpu cpu) => cpu.Vendor switch
    {
        "GenuineIntel" or "CentaurHauls" or "Shanghai" => "Intel VT-x",
        "AuthenticAMD" or "HygonGenuine" => "AMD-V (SVM)",
        _ => "VT-x or AMD-V",
    };

    // A KVM that needs neither: worth a word, since what guests can run on it is another question.
    private static string How(KvmFacts facts) =>
        facts.Cpu.Virtualization == CpuVirtualization.None && facts.Modules.FirstOrDefault(static m => m.Name != "kvm") is { } module
            ? $", by {module.Name} without VMX or SVM of the processor"
            : "";

    private static string Where(HostMachine host) => host.Virtualized == true ? $"; {OnVirtualMachine}" : "";

    private static string? Advice(HostMachine host, bool usable) => (host.Virtualized == true, usable) switch
    {
        (false, true) => null,
        (true, true) => $"Guests here are nested, slower than on bare metal. {Emulation} is neither needed for them nor faster: it would emulate the processor in software",
        (true, false) => $"Without KVM, {Emulation} would let VMs run here, many times slower and for trials only, since QEMU then emulates the processor in software; production VMs are for bare metal",
        _ => $"Without KVM, no VM starts here. {Emulation} would let QEMU emulate the processor in software: many times slower, for trials only",
    };
}
