using NodeAgent.Migration.Model;
using NodeAgent.Migration.Qmp;
using NodeAgent.Migration.Sources;
using NodeAgent.Tests.Qemu.Rig;
using NodeAgent.Tests.Support;
using NodeAgent.Tests.Support.Migrations;
using Xunit;

namespace NodeAgent.Tests.Qemu.Qmp;

/// <summary>A real QEMU has one client at a monitor: the agent is never in anybody's way, and bears a QEMU that hangs or ends.</summary>
public sealed class HeldMonitorTests
{
    private static readonly GuestOptions s_small = new() { MemoryMiB = 64, Hot = 1, HotRate = 1 };

    [SkippableFact]
    public async Task A_monitor_that_somebody_holds_is_left_to_him_for_good()
    {
        using var guest = new QemuGuest(s_small);
        _ = guest.Monitor;
        var sources = ReadGuest.Sources();
        using (var operators = new QmpMonitor(guest.FreeSocket))
        {
            var refused = await RefusedAsync(sources, guest);
            Assert.Equal($"another client holds the monitor {guest.FreeSocket}: give the agent one of its own (-qmp unix:...)", refused.Message);
            Assert.Equal("running", operators.Call("query-status")["status"]!.GetValue<string>());
        }

        // He goes; the agent does not take his place, and he comes back.
        Assert.Contains("is left to it", (await RefusedAsync(sources, guest)).Message, StringComparison.Ordinal);
        using var again = new QmpMonitor(guest.FreeSocket);
        Assert.Equal("running", again.Call("query-status")["status"]!.GetValue<string>());
    }

    [SkippableFact]
    public async Task A_guest_that_just_started_is_left_to_whoever_started_it_for_three_seconds()
    {
        using var guest = new QemuGuest(s_small);
        _ = guest.Monitor;
        var sources = new QmpSources(HostPaths.Default, TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
        var opened = default(IGuestSource);
        Assert.True(Wait.Until(() => TryOpen(sources, guest, out opened)));
        await using (opened)
        {
            Assert.Equal(MigrationPhase.None, (await opened!.SampleAsync(default)).Phase);
            Assert.InRange(DateTime.Now - guest.Process.StartTime, QmpDoor.DefaultGrace - TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1));
        }
    }

    [SkippableFact]
    public async Task A_QEMU_that_hangs_is_waited_for_and_one_that_ends_is_told()
    {
        using var guest = new QemuGuest(s_small);
        await using var read = await ReadGuest.OpenAsync(guest);
        Assert.Equal(MigrationPhase.None, (await read.Source.SampleAsync(default)).Phase);

        Command.Run("kill", "-STOP", $"{guest.Pid}");
        var hangs = await Assert.ThrowsAsync<GuestSourceException>(async () => await read.Source.SampleAsync(default));
        Assert.Contains("did not answer query-migrate in 2 s", hangs.Message, StringComparison.Ordinal);
        Command.Run("kill", "-CONT", $"{guest.Pid}");
        Assert.True(Wait.Until(() => Answers(read)));

        guest.Pause();
        guest.Resume();
        Assert.True(Wait.Until(() => read.Notes.Saw(SourceEventKind.Resumed)));
        Assert.Equal([SourceEventKind.Stopped, SourceEventKind.Resumed], read.Notes.Events.Select(static e => e.Kind));
        guest.Monitor.Call("quit");
        Assert.True(Wait.Until(() => read.Notes.Saw(SourceEventKind.Lost)));
        Assert.Equal($"QEMU (pid {guest.Pid}) shut down", read.Notes.Events[^1].Reason);
    }

    private static async Task<GuestSourceException> RefusedAsync(QmpSources sources, QemuGuest guest) =>
        await Assert.ThrowsAsync<GuestSourceException>(async () => await sources.TryOpenAsync(ReadGuest.Of(guest), new SourceNotes(), default));

    private static bool TryOpen(QmpSources sources, QemuGuest guest, out IGuestSource? source)
    {
        source = null;
        try
        {
            source = sources.TryOpenAsync(ReadGuest.Of(guest), new SourceNotes(), default).AsTask().GetAwaiter().GetResult();
            return true;
        }
        catch (GuestSourceException e) when (e.Fault == GuestSourceFault.Busy)
        {
            return false;
        }
    }

    private static bool Answers(ReadGuest read)
    {
        try
        {
            return read.Source.SampleAsync(default).AsTask().GetAwaiter().GetResult().Phase == MigrationPhase.None;
        }
        catch (GuestSourceException)
        {
            return false;
        }
    }
}
