using NodeAgent.Doctor.Judging;
using NodeAgent.Kvm.Model;
using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Unit.Doctor;

/// <summary>What KVM's reader said, as the doctor's lines; the report is one over a host's tree with the named values changed.</summary>
public sealed class KvmCheckTests : IDisposable
{
    private readonly HostTree _tree = HostTree.Of("hosts/microvm");

    public void Dispose() => _tree.Dispose();

    [Theory]
    [InlineData(CpuVirtualization.Vmx, FirmwareState.Enabled, KvmReason.Usable, true, "ok: Intel VT-x (X)")]
    [InlineData(CpuVirtualization.Svm, FirmwareState.Unknown, KvmReason.ModuleAbsent, false, "ok: AMD-V (X)")]
    [InlineData(CpuVirtualization.Vmx, FirmwareState.Disabled, KvmReason.FirmwareDisabled, false, "fail: Intel VT-x, off in the firmware (X)")]
    [InlineData(CpuVirtualization.None, FirmwareState.Unknown, KvmReason.NoCpuSupport, false, "fail: neither (X)")]
    [InlineData(CpuVirtualization.None, FirmwareState.Unknown, KvmReason.NoCpuSupport, true, "fail: the hypervisor gives this VM neither (X)")]
    [InlineData(CpuVirtualization.None, FirmwareState.Unknown, KvmReason.Usable, true, "warn: neither shows, and KVM works all the same (X)")]
    [InlineData(CpuVirtualization.None, FirmwareState.Unknown, KvmReason.NotPermitted, true, "unknown: neither shows, and there is /dev/kvm all the same: whether it works only root can try (X)")]
    [InlineData(CpuVirtualization.Unknown, FirmwareState.Unknown, KvmReason.Unknown, null, "unknown: /proc/cpuinfo lists no flags")]
    public void Virtualization_of_the_processor(CpuVirtualization cpu, FirmwareState firmware, KvmReason reason, bool? virtualized, string text) =>
        Assert.Equal(text, Judged.Text(KvmChecks.All, "cpu.virtualization", Report(reason, cpu, firmware, virtualized)));

    [Fact]
    public void Every_reason_is_a_finding()
    {
        foreach (var reason in Enum.GetValues<KvmReason>())
        {
            var expected = reason switch
            {
                KvmReason.Usable or KvmReason.UsableUnproven => "ok",
                KvmReason.NotPermitted or KvmReason.Unknown => "unknown",
                _ => "fail",
            };
            Assert.Equal($"{expected}: the sentence", Judged.Text(KvmChecks.All, "kvm.usable", Report(reason)));
        }
    }

    [Fact]
    public void A_machine_and_a_virtual_one()
    {
        Assert.Equal("ok: Dell Inc. PowerEdge R650", Text(new HostMachine(false, null, "Dell Inc.", "PowerEdge R650")));
        Assert.Equal("warn: a VM of VMware (VMware, Inc. VMware20,1)", Text(new HostMachine(true, "VMware", "VMware, Inc.", "VMware20,1")));
        Assert.Equal("warn: a VM", Text(new HostMachine(true, null, null, null)));
        Assert.Equal("unknown: neither the processor's flags nor DMI say", Text(new HostMachine(null, null, null, null)));

        string Text(HostMachine host)
        {
            var report = Report(KvmReason.Usable);
            return Judged.Text(KvmChecks.All, "host.bare-metal", report with { Facts = report.Facts with { Host = host } });
        }
    }

    [Fact]
    public void Hugepages_are_told_by_size()
    {
        Assert.Equal("absent: this kernel has none", Text());
        Assert.Equal("absent: none reserved", Text(new HugepagePool(2 << 20, null, 0, 0, 0, 0)));
        Assert.Equal("ok: 512 of 2 MiB, 500 free, 16 of 1 GiB, 0 free", Text(new HugepagePool(2 << 20, null, 512, 500, 0, 0), new HugepagePool(2 << 20, 0, 512, 500, null, 0), new HugepagePool(1 << 30, null, 16, 0, 0, 0)));

        string Text(params HugepagePool[] pools)
        {
            var report = Report(KvmReason.Usable);
            return Judged.Text(KvmChecks.All, "memory.hugepages", report with { Facts = report.Facts with { Hugepages = pools } });
        }
    }

    private KvmReport Report(KvmReason reason, CpuVirtualization cpu = CpuVirtualization.Vmx, FirmwareState firmware = FirmwareState.Enabled, bool? virtualized = false)
    {
        var report = PlayedSources.Of(_tree.Paths).Kvm();
        return report with
        {
            Reason = reason,
            Usable = reason is KvmReason.Usable or KvmReason.UsableUnproven,
            Sentence = "the sentence",
            Facts = report.Facts with
            {
                Cpu = report.Facts.Cpu with { Model = "X", Virtualization = cpu, Firmware = new CpuFirmware(firmware, "") },
                Host = new HostMachine(virtualized, null, null, null),
                Unread = [],
            },
        };
    }
}
