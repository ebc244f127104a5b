using System.Text;
using NodeAgent.Native.Netlink;
using Xunit;

namespace NodeAgent.Tests.Kernel.Native;

/// <summary>Root writes an action into a device's "uevent", and the kernel announces it: Documentation/ABI/testing/sysfs-uevent.</summary>
public sealed class UeventMonitorTests
{
    private const string Trigger = "/sys/devices/virtual/mem/null/uevent";

    [SkippableFact]
    public void An_event_of_a_device_is_heard()
    {
        using var monitor = Open();
        File.WriteAllText(Trigger, "change");
        while (true)
        {
            Assert.Equal(MonitorStatus.Events, monitor.Read(KernelTest.Patience, out var uevent));
            if (!uevent.DevicePath.SequenceEqual("/devices/virtual/mem/null"u8)) continue;
            Assert.Equal(UeventAction.Change, uevent.Action);
            Assert.Equal("mem", Encoding.ASCII.GetString(uevent.Subsystem));
            Assert.Equal("null", Encoding.ASCII.GetString(uevent.DeviceName));
            return;
        }
    }

    /// <summary>Thousands of events that nobody reads, in a buffer for a few: lost, but not silently.</summary>
    [SkippableFact]
    public void An_overflow_is_said_and_events_go_on_afterwards()
    {
        using var monitor = Open(16 << 10);
        for (var i = 0; i < 2000; i++) File.WriteAllText(Trigger, "change");
        Assert.Equal(MonitorStatus.Overflow, monitor.Read(KernelTest.Patience, out _));
        Assert.Equal(1, monitor.Overflows);
        File.WriteAllText(Trigger, "change");
        Assert.Equal(MonitorStatus.Events, monitor.Read(KernelTest.Patience, out _));
    }

    [SkippableFact]
    public void A_blocked_reader_is_woken_and_stopped()
    {
        using var monitor = Open();
        monitor.Wake();
        Assert.Equal(MonitorStatus.Woken, Quiet(monitor));
        monitor.Stop();
        Assert.Equal(MonitorStatus.Stopped, Quiet(monitor));
        Assert.Equal(MonitorStatus.Stopped, Quiet(monitor));
    }

    /// <summary>Past the events of others on this machine.</summary>
    private static MonitorStatus Quiet(UeventMonitor monitor)
    {
        MonitorStatus status;
        do status = monitor.Read(KernelTest.Patience, out _);
        while (status is MonitorStatus.Events);
        return status;
    }

    private static UeventMonitor Open(int receiveBuffer = 4 << 20)
    {
        Skip.IfNot(Environment.IsPrivilegedProcess, "triggering device events needs root");
        Skip.IfNot(File.Exists(Trigger), $"this kernel has no {Trigger}");
        var monitor = UeventMonitor.Open(receiveBuffer);
        File.WriteAllText(Trigger, "add");
        if (monitor.Read(TimeSpan.FromSeconds(5), out _) == MonitorStatus.Events)
        {
            return monitor;
        }

        monitor.Dispose();
        throw new SkipException("device events do not reach this network namespace: its user namespace is not the initial one");
    }
}
