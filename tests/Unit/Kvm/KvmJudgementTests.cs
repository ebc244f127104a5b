using NodeAgent.Kvm.Judging;
using NodeAgent.Kvm.Model;
using NodeAgent.Verdicts;
using Xunit;

namespace NodeAgent.Tests.Unit.Kvm;

/// <summary>The table: what was found, and the sentence it comes to.</summary>
public sealed class KvmJudgementTests
{
    private static readonly KvmDevice s_open = SampleKvm.Device;
    private static readonly KvmDevice s_missing = Without(KvmDeviceState.Absent, "/dev/kvm is missing");
    private static readonly CpuFirmware s_off = new(FirmwareState.Disabled, "IA32_FEATURE_CONTROL is 0x1");
    private static readonly CpuFirmware s_unknown = new(FirmwareState.Unknown, "/dev/cpu/0/msr: EACCES (Permission denied)");
    private static readonly HostMachine s_metal = new(false, null, "Dell Inc.", "PowerEdge R650");
    private static readonly HostMachine s_vm = new(true, "VMware", "VMware, Inc.", "VMware7,1");
    private static readonly KvmModule s_kvm = new("kvm", KvmModuleState.Loaded, []);
    private static readonly KvmModule s_intel = new("kvm_intel", KvmModuleState.Loaded, []);
    private static readonly KvmModule s_pvm = new("kvm_pvm", KvmModuleState.BuiltIn, []);

    public static TheoryData<string, string, string, string> Table()
    {
        var rows = new TheoryData<string, string, string, string>();
        Row("all is well", "usable", "KVM works: a guest ran and came to the right result", Facts(s_open));
        Row("a VM with nested virtualization", "usable", "KVM works: a guest ran and came to the right result; this node is itself a virtual machine, and production VMs are for bare metal", Facts(s_open, host: s_vm));
        Row("a KVM that needs no help of the processor", "usable", "KVM works: a guest ran and came to the right result, by kvm_pvm without VMX or SVM of the processor; this node is itself a virtual machine, and production VMs are for bare metal", Facts(s_open, CpuVirtualization.None, host: s_vm, modules: [s_kvm, s_pvm]));
        Row("another architecture", "usable unproven", "KVM creates VMs; what a guest does was not tried out, since the probe's guest is made of x86 instructions", Facts(Probed(ProbeOutcome.NotRun, "the probe's guest is made of x86 instructions")));
        Row("a guest that faults", "probe failed", "KVM creates VMs, but the guest stopped with KVM_EXIT_SHUTDOWN (a triple fault) at 0x10000: look at the kernel's log (dmesg)", Facts(Probed(ProbeOutcome.Failed, "the guest stopped with KVM_EXIT_SHUTDOWN (a triple fault) at 0x10000")));
        Row("a guest that never ends", "probe timeout", "KVM creates VMs, but the guest did not come to its end within 5 s: look at the kernel's log (dmesg) and at the load of this node", Facts(Probed(ProbeOutcome.Timeout, "the guest did not come to its end within 5 s")));
        Row("a driver that hangs", "probe timeout", "/dev/kvm has not come back from KVM_CREATE_VM within 7 s; look at the kernel's log (dmesg)", Facts(Without(KvmDeviceState.Stuck, "/dev/kvm has not come back from KVM_CREATE_VM within 7 s; look at the kernel's log (dmesg)")));
        Row("another hypervisor beside it", "busy", "no VM can be created (KVM_CREATE_VM: EBUSY (Device or resource busy)): another hypervisor holds the processor; stop it, or look at the kernel's log (dmesg)", Facts(s_open with { CreateError = "KVM_CREATE_VM: EBUSY (Device or resource busy)", CreateBusy = true }));
        Row("no memory for a VM", "create failed", "no VM can be created (KVM_CREATE_VM: ENOMEM (Cannot allocate memory)): look at the kernel's log (dmesg)", Facts(s_open with { CreateError = "KVM_CREATE_VM: ENOMEM (Cannot allocate memory)" }));
        Row("KVM before 2007", "api version", "KVM speaks version 11 of its interface, and 12 is the one that programs know: run a kernel with stock KVM", Facts(s_open with { ApiVersion = 11 }));
        Row("a device that is held", "busy", "/dev/kvm is held by something else (EBUSY, Device or resource busy): stop the other hypervisor (VirtualBox, VMware) on this node", Facts(Without(KvmDeviceState.Busy, "/dev/kvm is held by something else (EBUSY, Device or resource busy)")));
        Row("no permission", "not permitted", "/dev/kvm belongs to 0 root and 104 kvm with mode 0660, and this process runs as user 1000: run as root, or add the user to that group", Facts(Without(KvmDeviceState.NotPermitted, "/dev/kvm belongs to 0 root and 104 kvm with mode 0660, and this process runs as user 1000") with { Mode = "0660" }));
        Row("no permission, for the group neither", "not permitted", "/dev/kvm belongs to 0 root and 0 root with mode 0600, and this process runs as user 1000: run as root", Facts(Without(KvmDeviceState.NotPermitted, "/dev/kvm belongs to 0 root and 0 root with mode 0600, and this process runs as user 1000") with { Mode = "0600" }));
        Row("a container or a service without the device", "not permitted", "opening /dev/kvm is forbidden to this process (EPERM, Operation not permitted): allow it in the service (DeviceAllow=/dev/kvm rw) or give it to the container", Facts(Without(KvmDeviceState.NotPermitted, "opening /dev/kvm is forbidden to this process (EPERM, Operation not permitted)")));
        Row("a file in its place", "device wrong", "/dev/kvm is no character device, not the character device 10:232: remove it and let udev make it anew (udevadm trigger --name-match=kvm)", Facts(Without(KvmDeviceState.Wrong, "/dev/kvm is no character device, not the character device 10:232")));
        Row("an error nobody expects", "unknown", "it is not known whether KVM works: /dev/kvm: EIO, Input/output error", Facts(Without(KvmDeviceState.Failed, "/dev/kvm: EIO, Input/output error")));
        Row("off in the firmware, flag shown", "firmware disabled", "Intel VT-x is turned off in the firmware (IA32_FEATURE_CONTROL is 0x1): turn it on in the BIOS or UEFI setup, and switch the machine off and on", Facts(s_missing, firmware: s_off, modules: []));
        Row("off in the firmware, flag hidden by the kernel", "firmware disabled", "Intel VT-x is turned off in the firmware (IA32_FEATURE_CONTROL is 0x1): turn it on in the BIOS or UEFI setup, and switch the machine off and on", Facts(s_missing, CpuVirtualization.None, s_off, modules: []));
        Row("AMD, off in the firmware", "firmware disabled", "AMD-V (SVM) is turned off in the firmware (VM_CR is 0x18): turn it on in the BIOS or UEFI setup, and switch the machine off and on", Facts(s_missing, CpuVirtualization.Svm, new CpuFirmware(FirmwareState.Disabled, "VM_CR is 0x18"), modules: [], vendor: "AuthenticAMD"));
        Row("no help of the processor", "no cpu support", "/dev/kvm is missing: the processor shows neither VMX nor SVM; turn on Intel VT-x in the BIOS or UEFI setup, where it has it", Facts(s_missing, CpuVirtualization.None, modules: []));
        Row("a VM without nested virtualization", "no cpu support", "/dev/kvm is missing: the hypervisor this node runs on does not hand Intel VT-x down; turn on nested virtualization there (kvm_intel or kvm_amd nested=1, CPU model host-passthrough), or use bare metal", Facts(s_missing, CpuVirtualization.None, host: s_vm, modules: []));
        Row("no module", "module absent", "/dev/kvm is missing: the kernel's module kvm_intel is not loaded; modprobe kvm_intel, and look at the kernel's log (dmesg) if it refuses", Facts(s_missing, modules: []));
        Row("AMD, no module", "module absent", "/dev/kvm is missing: the kernel's module kvm_amd is not loaded; modprobe kvm_amd, and look at the kernel's log (dmesg) if it refuses", Facts(s_missing, CpuVirtualization.Svm, modules: [], vendor: "AuthenticAMD"));
        Row("only the common module", "module absent", "/dev/kvm is missing: the module kvm is loaded, kvm_intel is not; modprobe kvm_intel, and look at the kernel's log (dmesg) if it refuses", Facts(s_missing, modules: [s_kvm]));
        Row("a static node without a driver", "module absent", "/dev/kvm has no driver behind it (ENODEV, No such device): the kernel's module kvm_intel is not loaded; modprobe kvm_intel, and look at the kernel's log (dmesg) if it refuses", Facts(Without(KvmDeviceState.NoDriver, "/dev/kvm has no driver behind it (ENODEV, No such device)"), modules: []));
        Row("modules without a device", "device absent", "/dev/kvm is missing, though the kernel has KVM: udev has not made it, or this container was not given it (udevadm trigger --name-match=kvm; in a pod mount /dev/kvm)", Facts(s_missing));
        Row("ARM without KVM", "module absent", "/dev/kvm is missing: the kernel's module kvm is not loaded; modprobe kvm, and look at the kernel's log (dmesg) if it refuses", Facts(s_missing, CpuVirtualization.Unknown, modules: [], architecture: "aarch64"));
        Row("nothing readable", "unknown", "/dev/kvm is missing, and it is not known why: /proc/cpuinfo tells no flags of the processor", Facts(s_missing, CpuVirtualization.Unknown, modules: []));
        Row("user-mode Linux", "unsupported", "/dev/kvm is missing: this kernel is user-mode Linux, which has no KVM", Facts(s_missing, CpuVirtualization.None, host: new HostMachine(true, "user-mode Linux", null, null), modules: [], vendor: "User Mode Linux"));
        return rows;

        void Row(string name, string state, string sentence, KvmFacts facts)
        {
            var report = KvmJudgement.Of(facts, SampleKvm.Time);
            rows.Add(name, state + " | " + sentence, $"{KvmWords.Of(report.Reason)} | {report.Sentence}", report.Usable == state.StartsWith("usable", StringComparison.Ordinal) ? "" : "usable is wrong");
        }
    }

    [Theory]
    [MemberData(nameof(Table))]
    public void What_is_found_comes_to_one_sentence(string row, string expected, string judged, string error)
    {
        Assert.NotEmpty(row);
        Assert.Equal(expected, judged);
        Assert.Empty(error);
        Assert.False(judged.EndsWith('.'));
    }

    [Fact]
    public void Every_reason_is_in_the_table()
    {
        var reasons = Table().Select(static row => ((string)row[1]).Split(" | ")[0]).ToHashSet(StringComparer.Ordinal);
        Assert.Empty(Enum.GetValues<KvmReason>().Select(KvmWords.Of).Except(reasons, StringComparer.Ordinal));
    }

    [Fact]
    public void A_virtual_machine_is_told_what_useEmulation_would_mean()
    {
        Assert.Null(KvmJudgement.Of(Facts(s_open), SampleKvm.Time).Advice);
        Assert.Equal("Guests here are nested, slower than on bare metal. KubeVirt's `useEmulation: true` is neither needed for them nor faster: it would emulate the processor in software", KvmJudgement.Of(Facts(s_open, host: s_vm), SampleKvm.Time).Advice);
        Assert.Contains("many times slower and for trials only", KvmJudgement.Of(Facts(s_missing, CpuVirtualization.None, host: s_vm), SampleKvm.Time).Advice, StringComparison.Ordinal);
        Assert.Contains("Without KVM, no VM starts here. KubeVirt's `useEmulation: true`", KvmJudgement.Of(Facts(s_missing), SampleKvm.Time).Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_may_not_open_the_device_is_not_told_that_guests_do_not_run()
    {
        var advice = KvmJudgement.Of(Facts(Without(KvmDeviceState.NotPermitted, "/dev/kvm belongs to 0 root and 0 root with mode 0600, and this process runs as user 1000"), host: s_vm), SampleKvm.Time).Advice;
        Assert.StartsWith("That says nothing of guests", advice, StringComparison.Ordinal);
        Assert.DoesNotContain("useEmulation", advice, StringComparison.Ordinal);
    }

    [Fact]
    public void A_node_without_KVM_is_critical_and_one_that_is_a_virtual_machine_is_not()
    {
        Assert.Equal(new Verdict("kvm", "kvm", "usable", Severity.Ok, "KVM works: a guest ran and came to the right result"), Of(Facts(s_open)));
        Assert.Equal(Severity.Ok, Of(Facts(s_open, host: s_vm)).Severity);
        Assert.Equal(Severity.Critical, Of(Facts(s_missing)).Severity);
        Assert.Equal(Severity.Critical, Of(Facts(Probed(ProbeOutcome.Timeout, "…"))).Severity);
        Assert.Equal(Severity.Unknown, Of(Facts(Without(KvmDeviceState.Failed, "/dev/kvm: EIO"))).Severity);

        static Verdict Of(KvmFacts facts) => KvmVerdict.Of(KvmJudgement.Of(facts, SampleKvm.Time));
    }

    private static KvmFacts Facts(
        KvmDevice device,
        CpuVirtualization virtualization = CpuVirtualization.Vmx,
        CpuFirmware? firmware = null,
        HostMachine? host = null,
        IReadOnlyList<KvmModule>? modules = null,
        string vendor = "GenuineIntel",
        string architecture = "x86_64") => SampleKvm.Facts with
        {
            Device = device,
            Cpu = SampleKvm.Cpu with { Virtualization = virtualization, Firmware = firmware ?? s_unknown, Vendor = vendor, Architecture = architecture },
            Host = host ?? s_metal,
            Modules = modules ?? [s_kvm, s_intel],
        };

    private static KvmDevice Probed(ProbeOutcome outcome, string reason) => SampleKvm.Device with { Probe = new KvmProbe(outcome, reason, null) };

    private static KvmDevice Without(KvmDeviceState state, string error) =>
        new() { State = state, Path = "/dev/kvm", Error = error, Probe = new KvmProbe(ProbeOutcome.NotRun, error, null) };
}
