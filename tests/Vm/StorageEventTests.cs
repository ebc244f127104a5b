using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using NodeAgent.Storage.Model;
using NodeAgent.Storage.Reading;
using NodeAgent.Storage.Watching;
using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Vm;

/// <summary>What tells of a change, each kind by itself: nobody reads anything here but what it asks for.</summary>
public sealed class StorageEventTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    [VmTheory]
    [InlineData("the kernel's device events")]
    [InlineData("device-mapper's own events")]
    public void A_path_that_fails_and_returns_is_read_again(string because)
    {
        // Checks so seldom that multipathd does not take back what was failed.
        using var rack = StorageRack.Create(pollSeconds: 60);
        var (disk, other) = (StorageRack.Disks[0], StorageRack.Disks[1]);
        var paths = HostPaths.Default;
        using var collector = new StorageCollector(paths, TimeProvider.System);
        using IDisposable? watch = because == "device-mapper's own events"
            ? new DmWatch(paths, collector, TimeProvider.System, NullLogger.Instance)
            : UeventWatch.Start(collector, TimeProvider.System, NullLogger.Instance);
        Assert.NotNull(watch);
        collector.AskAll();
        Await(collector, reading => IsActive(reading, disk) == true && IsActive(reading, other) == true);

        rack.Message("fail_path", disk);
        Await(collector, reading => IsActive(reading, disk) == false && IsActive(reading, other) == true);
        rack.Message("reinstate_path", disk);
        Await(collector, reading => IsActive(reading, disk) == true);
    }

    private static void Await(StorageCollector collector, Func<StorageReading, bool> holds)
    {
        var start = Stopwatch.GetTimestamp();
        StorageReading? last = null;
        while (Stopwatch.GetElapsedTime(start) < s_patience)
        {
            collector.Turn(TimeSpan.FromMilliseconds(100));
            last = collector.Publish(out _) ?? last;
            if (last is not null && holds(last)) return;
        }

        Assert.Fail($"not read within {s_patience.TotalSeconds} s; {last?.Source.Reason}: {string.Join(", ", last?.Maps.SelectMany(static m => m.Paths) ?? [])}");
    }

    private static bool? IsActive(StorageReading reading, string disk) => reading.Maps.SelectMany(static m => m.Paths).FirstOrDefault(p => p.Device == disk)?.DmActive;
}
