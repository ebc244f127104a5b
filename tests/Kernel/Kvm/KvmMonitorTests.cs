using Microsoft.Extensions.Logging.Abstractions;
using NodeAgent.Kvm;
using NodeAgent.Kvm.Model;
using NodeAgent.Kvm.Reading;
using NodeAgent.Kvm.Watching;
using NodeAgent.Tests.Support;
using NodeAgent.Verdicts;
using Xunit;

namespace NodeAgent.Tests.Kernel.Kvm;

/// <summary>The monitor over this machine's KVM and its kernel's events.</summary>
[Collection(RealKvm.Collection)]
public sealed class KvmMonitorTests
{
    private const string Trigger = "/sys/class/misc/kvm/uevent";

    [SkippableFact]
    public void An_event_of_the_device_brings_a_check_and_the_probes_own_VM_does_not()
    {
        RealKvm.Open().Dispose();
        var checks = 0;
        var board = new KvmBoard();
        board.Checked += _ => Interlocked.Increment(ref checks);
        var verdicts = new VerdictBoard(TimeProvider.System);
        using var monitor = new KvmMonitor(new KvmReader(HostPaths.Default, TimeProvider.System).Read, board, verdicts, TimeProvider.System, NullLogger.Instance);
        Assert.True(Wait.Until(() => Volatile.Read(ref checks) == 1));
        Assert.Equal(ProbeOutcome.Passed, board.Current!.Facts.Device.Probe.Outcome);

        try
        {
            // A synthetic event: https://docs.kernel.org/admin-guide/abi-stable-files.html (sysfs uevent)
            File.WriteAllText(Trigger, "change");
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw new SkipException($"{Trigger} cannot be written: {e.Message}");
        }

        // At once, and a second later, when udev would be done; the events of the probes' own VMs would bring ever more.
        Assert.True(Wait.Until(() => Volatile.Read(ref checks) == 3));
        Thread.Sleep(1500);
        Assert.Equal(3, Volatile.Read(ref checks));
        Assert.Equal("usable", verdicts.Of(VerdictKind.Kvm)[0].State);
    }
}
