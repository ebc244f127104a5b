using System.Runtime.InteropServices;
using NodeAgent.Kvm.Model;
using NodeAgent.Kvm.Reading;
using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Unit.Kvm;

/// <summary>
/// Trees that tests/fixtures/kvm/capture copied from real hosts (qemu-amd: Debian on a processor with SVM that QEMU emulates; microvm: a VM with
/// kvm_pvm), as they are and with what each test changes of them.
/// </summary>
public sealed class KvmReaderTests : IDisposable
{
    private const long VmCr = 0xC0010114;
    private const long FeatureControl = 0x3A;

    private HostTree _tree = HostTree.Of("kvm/qemu-amd");

    public void Dispose() => _tree.Dispose();

    [Fact]
    public void A_host_with_SVM_and_everything()
    {
        var report = Read(SampleKvm.Device);
        var facts = report.Facts;
        Says("usable", "KVM works: a guest ran and came to the right result; this node is itself a virtual machine, and production VMs are for bare metal", report);
        Assert.Equal(("AuthenticAMD", "QEMU TCG CPU version 2.5+", 15, 107, 1), (facts.Cpu.Vendor, facts.Cpu.Model, facts.Cpu.Family, facts.Cpu.ModelNumber, facts.Cpu.Stepping));
        Assert.Equal((2, 2, 1, 40), (facts.Cpu.LogicalCpus, facts.Cpu.Cores, facts.Cpu.Sockets, facts.Cpu.PhysicalAddressBits));
        Assert.Equal(CpuVirtualization.Svm, facts.Cpu.Virtualization);
        Assert.Equal(new CpuFirmware(FirmwareState.Enabled, "KVM works"), facts.Cpu.Firmware);
        Assert.Equal(["svm", "npt", "vgif"], facts.Cpu.Features.Take(3));
        Assert.Equal(new KvmTsc(false, false, false, 2_600_000), facts.Cpu.Tsc);
        Assert.Equal(["kvm Loaded", "kvm_amd Loaded"], facts.Modules.Select(static m => $"{m.Name} {m.State}"));
        Assert.Equal("N", facts.Modules[1].Parameter("avic"));
        Assert.Equal(new KvmNested(true, "kvm_amd has nested=1: guests may run virtual machines of their own"), facts.Nested);
        Assert.Equal(new HostMachine(true, "QEMU", "QEMU", "Standard PC (Q35 + ICH9, 2009)"), facts.Host);
        Assert.Equal([new HugepagePool(2 << 20, null, 3, 3, 0, 0), new HugepagePool(2 << 20, 0, 3, 3, null, 0)], facts.Hugepages.Where(static p => p.SizeBytes == 2 << 20));
        Assert.Equal((0, "0-1", "10"), (facts.NumaNodes[0].Id, facts.NumaNodes[0].Cpus, facts.NumaNodes[0].Distances));
        Assert.InRange(facts.NumaNodes[0].MemoryBytes!.Value, 1L << 30, 4L << 30);
        Assert.False(facts.Iommu.Enabled);
        Assert.Contains(facts.Mitigations, static m => m is { Name: "spectre_v1", State: MitigationState.Vulnerable });
        Assert.Contains(facts.Mitigations, static m => m is { Name: "l1tf", State: MitigationState.NotAffected });
        Assert.False(facts.Ksm.Running);
        Assert.Empty(facts.Unread);
    }

    [Fact]
    public void A_host_whose_KVM_needs_no_help_of_the_processor()
    {
        Use("kvm/microvm");
        var report = Read(SampleKvm.Device);
        Says("usable", "KVM works: a guest ran and came to the right result, by kvm_pvm without VMX or SVM of the processor; this node is itself a virtual machine, and production VMs are for bare metal", report);
        Assert.Equal("no loaded KVM module has the parameter nested", report.Facts.Nested.Reason);
        Says("device absent", "/dev/kvm is missing, though the kernel has KVM: udev has not made it, or this container was not given it (udevadm trigger --name-match=kvm; in a pod mount /dev/kvm)", Read());
    }

    [Fact]
    public void User_mode_Linux()
    {
        Use("hosts/debian-vm");
        Says("unsupported", "/dev/kvm is missing: this kernel is user-mode Linux, which has no KVM", Read());
    }

    [Fact]
    public void An_empty_tree()
    {
        _tree.Dispose();
        _tree = HostTree.Empty();
        var report = Read();
        Says("unknown", "/dev/kvm is missing, and it is not known why: /proc/cpuinfo tells no flags of the processor", report);
        Assert.Null(report.Facts.Host.Virtualized);
        Assert.Null(report.Facts.Ksm.Running);
        Assert.Equal(0, report.Facts.Iommu.Groups);
    }

    [Fact]
    public void Without_the_device() =>
        Says("device absent", "/dev/kvm is missing, though the kernel has KVM: udev has not made it, or this container was not given it (udevadm trigger --name-match=kvm; in a pod mount /dev/kvm)", Read());

    [Fact]
    public void Without_the_modules()
    {
        _tree.Remove("sys/module/kvm_amd");
        Says("module absent", "/dev/kvm is missing: the module kvm is loaded, kvm_amd is not; modprobe kvm_amd, and look at the kernel's log (dmesg) if it refuses", Read());
        _tree.Remove("sys/module/kvm");
        Says("module absent", "/dev/kvm is missing: the kernel's module kvm_amd is not loaded; modprobe kvm_amd, and look at the kernel's log (dmesg) if it refuses", Read());
    }

    [Fact]
    public void A_module_that_is_going_is_not_there()
    {
        _tree.Write("sys/module/kvm_amd/initstate", "going\n");
        Says("module absent", "/dev/kvm is missing: the module kvm is loaded, kvm_amd is not; modprobe kvm_amd, and look at the kernel's log (dmesg) if it refuses", Read());
    }

    [Fact]
    public void Without_svm_in_the_flags()
    {
        WithoutModules();
        CpuInfo(static text => text.Replace(" svm ", " ", StringComparison.Ordinal));
        Says("no cpu support", "/dev/kvm is missing: the hypervisor this node runs on does not hand AMD-V (SVM) down; turn on nested virtualization there (kvm_intel or kvm_amd nested=1, CPU model host-passthrough), or use bare metal", Read());
        CpuInfo(static text => text.Replace(" hypervisor ", " ", StringComparison.Ordinal));
        var report = Read();
        Says("no cpu support", "/dev/kvm is missing: the processor shows neither VMX nor SVM; turn on AMD-V (SVM) in the BIOS or UEFI setup, where it has it", report);
        Assert.Equal($"the kernel's log does not speak of it, and {_tree["dev/cpu/0/msr"]} is absent (modprobe msr)", report.Facts.Cpu.Firmware.Source);
    }

    [Theory]
    [InlineData("SVM disabled (by BIOS) in MSR_VM_CR")]
    [InlineData("kvm: disabled by bios")]
    [InlineData("kvm_amd: SVM disabled (by BIOS) in MSR_VM_CR on CPU 0")]
    [InlineData("x86/cpu: VMX (outside TXT) disabled by BIOS")]
    [InlineData("kvm_intel: VMX not enabled (by BIOS) in MSR_IA32_FEAT_CTL on CPU 3")]
    public void The_kernels_log_tells_of_the_firmware(string message)
    {
        WithoutModules();
        _tree.Write("dev/kmsg", $"6,1,100,-;x86/cpu: SGX disabled by BIOS.\n3,2,200,-;{message}\n SUBSYSTEM=cpu\n");
        Says("firmware disabled", $"AMD-V (SVM) is turned off in the firmware (the kernel's log: {message}): turn it on in the BIOS or UEFI setup, and switch the machine off and on", Read());
    }

    [Fact]
    public void Other_messages_about_the_firmware_are_not_meant()
    {
        WithoutModules();
        _tree.Write("dev/kmsg", "6,1,100,-;x86/cpu: SGX disabled by BIOS.\n6,2,200,-;Marking TSC unstable\n");
        Assert.Equal(KvmReason.ModuleAbsent, Read().Reason);
    }

    [Theory]
    [InlineData(0x18, "firmware disabled | AMD-V (SVM) is turned off in the firmware (VM_CR is 0x18): turn it on in the BIOS or UEFI setup, and switch the machine off and on")]
    [InlineData(0x08, "module absent | /dev/kvm is missing: the kernel's module kvm_amd is not loaded; modprobe kvm_amd, and look at the kernel's log (dmesg) if it refuses")]
    public void The_register_of_AMD_tells_of_the_firmware(ulong value, string expected)
    {
        WithoutModules();
        Msr(VmCr, value);
        Is(expected, Read());
    }

    [Theory]
    [InlineData(0x1, "firmware disabled | Intel VT-x is turned off in the firmware (IA32_FEATURE_CONTROL is 0x1): turn it on in the BIOS or UEFI setup, and switch the machine off and on")]
    [InlineData(0x3, "firmware disabled | Intel VT-x is turned off in the firmware (IA32_FEATURE_CONTROL is 0x3): turn it on in the BIOS or UEFI setup, and switch the machine off and on")]
    [InlineData(0x5, "module absent | /dev/kvm is missing: the kernel's module kvm_intel is not loaded; modprobe kvm_intel, and look at the kernel's log (dmesg) if it refuses")]
    [InlineData(0x0, "module absent | /dev/kvm is missing: the kernel's module kvm_intel is not loaded; modprobe kvm_intel, and look at the kernel's log (dmesg) if it refuses")]
    public void The_register_of_Intel_tells_of_the_firmware(ulong value, string expected)
    {
        WithoutModules();
        CpuInfo(static text => text.Replace("AuthenticAMD", "GenuineIntel", StringComparison.Ordinal).Replace(" svm ", " vmx ", StringComparison.Ordinal));
        Msr(FeatureControl, value);
        Is(expected, Read());
    }

    [Fact]
    public void Intels_flags_of_VMX_have_a_line_of_their_own()
    {
        CpuInfo(static text => text.Replace("AuthenticAMD", "GenuineIntel", StringComparison.Ordinal).Replace(" svm ", " vmx ", StringComparison.Ordinal).Replace("\nbugs", "\nvmx flags\t: ept vpid tsc_scaling\nbugs", StringComparison.Ordinal));
        var cpu = Read().Facts.Cpu;
        Assert.Equal(["vmx", "vmx:ept", "vmx:vpid", "vmx:tsc_scaling"], cpu.Features.Take(4));
        Assert.True(cpu.Tsc.Scalable);
        Assert.True(cpu.HasFlag("vmx:ept"));
    }

    [Theory]
    [InlineData("0", false)]
    [InlineData("1", true)]
    [InlineData("N", false)]
    [InlineData("Y", true)]
    public void Nested_virtualization_is_what_the_module_says(string value, bool enabled)
    {
        _tree.Write("sys/module/kvm_amd/parameters/nested", value + "\n");
        Assert.Equal(enabled, Read().Facts.Nested.Enabled);
    }

    [Fact]
    public void A_file_in_the_place_of_the_device()
    {
        _tree.Write("dev/kvm", "");
        var report = Read();
        Says("device wrong", "/dev/kvm is no character device, not the character device 10:232: remove it and let udev make it anew (udevadm trigger --name-match=kvm)", report);
        Assert.NotNull(report.Facts.Device.Mode);
    }

    [Fact]
    public void An_IOMMU_is_on_where_it_has_units_and_groups()
    {
        _tree.Write("sys/class/iommu/ivhd0/uevent", "");
        Directory.CreateDirectory(_tree["sys/kernel/iommu_groups/0"]);
        Directory.CreateDirectory(_tree["sys/kernel/iommu_groups/1"]);
        _tree.Write("proc/cmdline", "root=/dev/sda1 amd_iommu=on iommu=pt quiet\n");
        var iommu = Read().Facts.Iommu;
        Assert.True(iommu.Enabled);
        Assert.Equal(["ivhd0"], iommu.Units);
        Assert.Equal(2, iommu.Groups);
        Assert.Equal(["amd_iommu=on", "iommu=pt"], iommu.CommandLine);
    }

    [Fact]
    public void A_processor_of_another_architecture_has_no_such_flags()
    {
        _tree.Write("proc/cpuinfo", "processor\t: 0\nBogoMIPS\t: 50.00\nFeatures\t: fp asimd\nCPU implementer\t: 0x41\n\n");
        WithoutModules();
        var report = new KvmReader(_tree.Paths, TimeProvider.System, new DeviceReader(_tree.Paths, TimeProvider.System, TimeSpan.FromSeconds(1)), Architecture.Arm64).Read();
        Says("module absent", "/dev/kvm is missing: the kernel's module kvm is not loaded; modprobe kvm, and look at the kernel's log (dmesg) if it refuses", report);
        Assert.Equal("aarch64", report.Facts.Cpu.Architecture);
        Assert.True(report.Facts.Host.Virtualized);
    }

    [Fact]
    public void The_owner_of_xen_is_no_guest()
    {
        CpuInfo(static text => text.Replace(" hypervisor ", " ", StringComparison.Ordinal));
        _tree.Write("sys/hypervisor/type", "xen\n");
        Assert.True(Read().Facts.Host.Virtualized);
        _tree.Write("proc/xen/capabilities", "control_d\n");
        Assert.Equal((false, "Xen"), (Read().Facts.Host.Virtualized, Read().Facts.Host.Hypervisor));
    }

    private KvmReport Read(KvmDevice? device = null) => device is null
        ? new KvmReader(_tree.Paths, TimeProvider.System).Read()
        : new KvmReader(_tree.Paths, TimeProvider.System, new FixedDevice(device), Architecture.X64).Read();

    private void Use(string fixture)
    {
        _tree.Dispose();
        _tree = HostTree.Of(fixture);
    }

    private void WithoutModules()
    {
        _tree.Remove("sys/module/kvm_amd");
        _tree.Remove("sys/module/kvm");
    }

    private void CpuInfo(Func<string, string> change) => _tree.Write("proc/cpuinfo", change(File.ReadAllText(_tree["proc/cpuinfo"])));

    // A register is read at its number; between them there is nothing.
    private void Msr(long register, ulong value)
    {
        _tree.Write("dev/cpu/0/msr", "");
        using var file = File.OpenHandle(_tree["dev/cpu/0/msr"], access: FileAccess.Write);
        RandomAccess.Write(file, BitConverter.GetBytes(value), register);
    }

    private void Says(string state, string sentence, KvmReport report) => Is($"{state} | {sentence}", report);

    private void Is(string expected, KvmReport report) =>
        Assert.Equal(expected, $"{KvmWords.Of(report.Reason)} | {report.Sentence}".Replace(_tree.Paths.Dev, "/dev", StringComparison.Ordinal));
}
