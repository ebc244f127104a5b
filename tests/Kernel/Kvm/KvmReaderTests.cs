using NodeAgent.Kvm.Model;
using NodeAgent.Kvm.Reading;
using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Kernel.Kvm;

/// <summary>This machine's own KVM, read as the product reads it.</summary>
[Collection(RealKvm.Collection)]
public sealed class KvmReaderTests
{
    [SkippableFact]
    public void This_machines_KVM_is_tried_out()
    {
        RealKvm.Open().Dispose();
        var report = new KvmReader(HostPaths.Default, TimeProvider.System).Read();
        Assert.True(report.Usable, report.Sentence);
        Assert.Equal(KvmReason.Usable, report.Reason);
        Assert.StartsWith("KVM works: a guest ran and came to the right result", report.Sentence, StringComparison.Ordinal);
        var device = report.Facts.Device;
        Assert.Equal(ProbeOutcome.Passed, device.Probe.Outcome);
        Assert.NotNull(device.Probe.Duration);
        Assert.Equal(12, device.ApiVersion);
        Assert.Equal("0 root", device.Owner);
        Assert.InRange(device.Extensions.Single(static e => e.Name == "NR_MEMSLOTS").Value, 32, int.MaxValue);
        Assert.InRange(device.Extensions.Single(static e => e.Name == "MAX_VCPUS").Value, 1, int.MaxValue);
        Assert.True(report.Facts.Cpu.LogicalCpus > 0);
    }

    [SkippableFact]
    public void Nothing_is_left_of_many_readings()
    {
        RealKvm.Open().Dispose();
        var reader = new KvmReader(HostPaths.Default, TimeProvider.System);
        for (var i = 0; i < 50; i++) Assert.True(reader.Read().Usable);
        Assert.Empty(RealKvm.Descriptors());
        Assert.True(Wait.Until(static () => RealKvm.Threads("kvm probe").Count == 0), "the thread of the probe is still there");
    }
}
