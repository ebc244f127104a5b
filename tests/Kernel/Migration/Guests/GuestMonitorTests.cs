using NodeAgent.Migration.Guests;
using NodeAgent.Migration.Model;
using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Kernel.Migration.Guests;

/// <summary>Real processes of QEMU, followed by all the means there are and by fewer.</summary>
public sealed class GuestMonitorTests
{
    public static TheoryData<string> Means => ["All", "Descriptors", "Events", "None"];

    [SkippableTheory]
    [MemberData(nameof(Means))]
    public void A_guest_is_told_of_once_when_it_comes_and_once_when_it_ends(string means)
    {
        var heard = new HeardGuests();
        using var before = RealGuest.Start("was there before");
        using var monitor = Monitor(heard, means);
        var first = heard.WaitFor(before.Uuid);
        Assert.Equal(("was there before", before.Pid), (first.Domain, first.Process.Pid));
        Assert.Equal(16L << 20, first.MemoryBytes);
        Assert.InRange(first.Started, DateTimeOffset.UtcNow.AddMinutes(-10), DateTimeOffset.UtcNow.AddSeconds(5));

        using var after = RealGuest.Start("came later");
        var second = WaitFor(heard, monitor, means, after.Uuid);
        Assert.Equal(0, heard.LeftOf(first.Process));
        after.Kill();
        WaitForEnd(heard, monitor, means, second.Process);
        before.Kill();
        WaitForEnd(heard, monitor, means, first.Process);
        Assert.Equal((1, 1), (heard.LeftOf(first.Process), heard.LeftOf(second.Process)));
        Assert.Single(heard.CameWith(before.Uuid));
        Assert.Single(heard.CameWith(after.Uuid));
    }

    // What is not told by an event is found by a look.
    private static Guest WaitFor(HeardGuests heard, ClockedMonitor monitor, string means, string uuid)
    {
        Assert.True(Wait.Until(() => Found(monitor, means is "None" or "Descriptors", heard.CameWith(uuid).Length > 0)), $"guest {uuid} was not told of");
        return heard.WaitFor(uuid);
    }

    private static void WaitForEnd(HeardGuests heard, ClockedMonitor monitor, string means, GuestProcess process) =>
        Assert.True(Wait.Until(() => Found(monitor, means is "None", heard.LeftOf(process) > 0)), $"the end of process {process.Pid} was not told of");

    private static bool Found(ClockedMonitor monitor, bool byLooking, bool found)
    {
        if (!found && byLooking) monitor.Look();
        return found;
    }

    private static ClockedMonitor Monitor(HeardGuests heard, string means)
    {
        var monitor = new ClockedMonitor(heard, Enum.Parse<GuestMeans>(means));
        if (means is "All" or "Events") Skip.IfNot(monitor.HasEvents, "the kernel's events of processes do not reach this process: " + string.Join("; ", monitor.Said));
        return monitor;
    }
}
