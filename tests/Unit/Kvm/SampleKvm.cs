using NodeAgent.Kvm.Judging;
using NodeAgent.Kvm.Model;

namespace NodeAgent.Tests.Unit.Kvm;

/// <summary>Reports to show: a server that has everything, and what a test changes of it.</summary>
internal static class SampleKvm
{
    public static readonly DateTimeOffset Time = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    public static readonly KvmDevice Device = new()
    {
        State = KvmDeviceState.Open,
        Path = "/dev/kvm",
        Owner = "0 root",
        Group = "104 kvm",
        Mode = "0660",
        ApiVersion = 12,
        Extensions = [new("MAX_VCPUS", 1024), new("NR_MEMSLOTS", 32764), new("DIRTY_LOG_RING", 1048576), new("XEN_HVM", 0), new("X86_SMM", 0)],
        TscKhz = 2_600_000,
        Probe = new KvmProbe(ProbeOutcome.Passed, "a guest ran and left the right result in memory, at a port and in a register", TimeSpan.FromMilliseconds(1.5)),
    };

    public static readonly KvmCpu Cpu = new()
    {
        Architecture = "x86_64",
        Vendor = "GenuineIntel",
        Model = "Intel(R) Xeon(R) Gold 6348 CPU @ 2.60GHz",
        Family = 6,
        ModelNumber = 106,
        Stepping = 6,
        Microcode = "0xd0003a5",
        LogicalCpus = 112,
        Sockets = 2,
        Cores = 56,
        Virtualization = CpuVirtualization.Vmx,
        PhysicalAddressBits = 46,
        Flags = new[] { "constant_tsc", "nonstop_tsc", "vmx", "vmx:ept", "vmx:tsc_scaling" },
        Features = ["vmx", "vmx:ept", "vmx:tsc_scaling", "constant_tsc", "nonstop_tsc"],
        Tsc = new KvmTsc(true, true, true, 2_600_000),
        Firmware = new CpuFirmware(FirmwareState.Enabled, "KVM works"),
    };

    /// <summary>Bare metal where all is well.</summary>
    public static readonly KvmFacts Facts = new()
    {
        Cpu = Cpu,
        Modules =
        [
            new("kvm", KvmModuleState.Loaded, [new("halt_poll_ns", "200000")]),
            new("kvm_intel", KvmModuleState.Loaded, [new("ept", "Y"), new("nested", "Y")]),
        ],
        Device = Device,
        Nested = new KvmNested(true, "kvm_intel has nested=Y: guests may run virtual machines of their own"),
        Hugepages =
        [
            new(2 << 20, null, 1024, 512, 64, 0), new(2 << 20, 0, 512, 256, null, 0), new(2 << 20, 1, 512, 256, null, 0),
            new(1 << 30, null, 16, 16, 0, 0),
        ],
        NumaNodes = [new(0, "0-27,56-83", 128L << 30, 100L << 30, "10 20"), new(1, "28-55,84-111", 128L << 30, 90L << 30, "20 10")],
        Iommu = new IommuFacts(["dmar0", "dmar1"], 87, ["intel_iommu=on", "iommu=pt"]),
        Mitigations =
        [
            new("l1tf", "Not affected", MitigationState.NotAffected),
            new("mmio_stale_data", "Mitigation: Clear CPU buffers; SMT vulnerable", MitigationState.Mitigated),
            new("spec_store_bypass", "Vulnerable", MitigationState.Vulnerable),
        ],
        Ksm = new KsmFacts(true, 100, 4200),
        Host = new HostMachine(false, null, "Dell Inc.", "PowerEdge R650"),
        Unread = ["/dev/cpu/0/msr: EACCES (Permission denied)"],
    };

    public static KvmReport Usable => KvmJudgement.Of(Facts, Time);

    public static KvmReport Missing => KvmJudgement.Of(
        Facts with
        {
            Device = new KvmDevice { State = KvmDeviceState.Absent, Path = "/dev/kvm", Error = "/dev/kvm is missing", Probe = new KvmProbe(ProbeOutcome.NotRun, "/dev/kvm is missing", null) },
            Modules = [],
            Nested = new KvmNested(null, "no KVM module is loaded that could say"),
            Cpu = Cpu with { Tsc = Cpu.Tsc with { FrequencyKhz = null }, Firmware = new CpuFirmware(FirmwareState.Unknown, "not looked for") },
        },
        Time);
}
