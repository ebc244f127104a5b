using NodeAgent.Migration.Model;
using NodeAgent.Migration.Sources;
using NodeAgent.Tests.Qemu.Rig;
using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Qemu.Qmp;

/// <summary>Real migrations that end well, read over a free monitor.</summary>
public sealed class ConvergingTests
{
    private const double Mebibyte = 1 << 20;

    [SkippableFact]
    public async Task A_migration_that_converges()
    {
        using var source = QemuGuest.Running(new GuestOptions { Fill = 32, Hot = 48, HotRate = 10 });
        using var destination = source.Destination();
        await using var read = await ReadGuest.OpenAsync(source);
        await using var readDestination = await ReadGuest.OpenAsync(destination);
        Assert.Equal(MigrationPhase.None, (await read.Source.SampleAsync(default)).Phase);
        await AssertMeasures(source, read);

        var migration = new LiveMigration(source, destination, new MigrationOptions());
        var seen = await Observation.OfAsync(read, migration);

        seen.AssertSane(migration);
        Assert.Equal(MigrationPhase.Completed, seen.Last.Phase);
        Assert.Equal(MigrationVerdict.Done, seen.Verdict);
        Assert.Equal([MigrationPhase.Setup, MigrationPhase.Active, MigrationPhase.Completed], seen.Phases.Where(static p => p != MigrationPhase.Device));
        Assert.Equal(Enumerable.Range(1, (int)seen.Last.Pass!.Value).Select(static p => (long)p), seen.Passes);
        Assert.InRange(seen.Last.Pass!.Value, 3, 30);
        Assert.DoesNotContain(seen.Forecasts, static f => f.Verdict is MigrationVerdict.WillNotConverge or MigrationVerdict.Failed);

        // The guest's own word against what was reported: each page counts once in a pass, so no more than it, and half at the least.
        DirtiedRate.AssertReported(source.Truth, seen.DirtyBytesPerSecond, 0.5, 1.3);

        // Both clocks of the downtime, on one host.
        Assert.True(Wait.Until(() => readDestination.Notes.Saw(SourceEventKind.Resumed)));
        var stopped = seen.Events.First(static e => e.Kind == SourceEventKind.Stopped).At;
        var gap = readDestination.Notes.Events.First(static e => e.Kind == SourceEventKind.Resumed).At - stopped;
        Assert.InRange(seen.Last.Downtime!.Value, TimeSpan.Zero, seen.Last.Elapsed!.Value);
        Assert.InRange((gap - seen.Last.Downtime.Value).TotalSeconds, -2, 2);
        Assert.Equal(MigrationPhase.Completed, (await readDestination.Source.SampleAsync(default)).Phase);
    }

    [SkippableFact]
    public async Task A_migration_near_the_limit_of_a_guest_that_tells_no_events()
    {
        using var source = QemuGuest.Running(new GuestOptions { Hot = 64, HotRate = 18 });
        using var destination = source.Destination();
        await using var read = await ReadGuest.OpenAsync(source);
        var migration = new LiveMigration(source, destination, new MigrationOptions { Events = false, BandwidthMiB = 28 });

        // Nothing is told but that one should look.
        migration.Start();
        Assert.True(Wait.Until(() => read.Notes.Saw(SourceEventKind.Look)));
        Assert.True(read.Notes.Events.All(static e => e.Kind == SourceEventKind.Look));
        var seen = await Observation.UnderWayAsync(read);

        seen.AssertSane(migration);
        Assert.Equal((MigrationPhase.Completed, MigrationVerdict.Done), (seen.Last.Phase, seen.Verdict));
        Assert.Empty(seen.Passes);
        Assert.InRange(seen.Last.Pass!.Value, 4, 60);
        Assert.InRange(seen.Last.Downtime!.Value, TimeSpan.Zero, seen.Last.Elapsed!.Value);
    }

    [SkippableFact]
    public async Task A_paused_guest_migrates_in_one_pass_and_stays_paused()
    {
        using var source = QemuGuest.Running(new GuestOptions { Fill = 32, Hot = 32, HotRate = 40 });
        using var destination = source.Destination();
        await using var read = await ReadGuest.OpenAsync(source);
        await using var readDestination = await ReadGuest.OpenAsync(destination);
        source.Pause();
        Assert.True(Wait.Until(() => read.Notes.Saw(SourceEventKind.Stopped)));

        var migration = new LiveMigration(source, destination, new MigrationOptions());
        var seen = await Observation.OfAsync(read, migration);

        seen.AssertSane(migration);
        Assert.Equal((MigrationPhase.Completed, MigrationVerdict.Done), (seen.Last.Phase, seen.Verdict));
        Assert.InRange(seen.Last.Pass!.Value, 1, 3);
        Assert.DoesNotContain(seen.Samples, static s => s.DirtyBytesPerSecond > Mebibyte);
        Assert.False(readDestination.Notes.Saw(SourceEventKind.Resumed));
    }

    /// <summary>Under TCG pages are sampled; what would end QEMU 7.2 is refused before it is asked.</summary>
    private static async Task AssertMeasures(QemuGuest guest, ReadGuest read)
    {
        var rate = await read.Source.MeasureAsync(DirtyRateMode.PageSampling, TimeSpan.FromSeconds(1), default);
        DirtiedRate.AssertReported(guest.Truth, rate.BytesPerSecond, 0.4, 1.8);
        var last = await read.Source.LastDirtyRateAsync(default);
        Assert.Equal((rate.BytesPerSecond, DirtyRateMode.PageSampling), (last!.BytesPerSecond, last.Mode));
        Assert.InRange((DateTimeOffset.UtcNow - last.MeasuredAt).TotalSeconds, -1, 30);
        foreach (var mode in (DirtyRateMode[])[DirtyRateMode.DirtyBitmap, DirtyRateMode.DirtyRing])
            Assert.Equal(GuestSourceFault.Unsupported, (await Assert.ThrowsAsync<GuestSourceException>(async () => await read.Source.MeasureAsync(mode, TimeSpan.FromSeconds(1), default))).Fault);
        Assert.False(guest.Process.HasExited);
    }
}
