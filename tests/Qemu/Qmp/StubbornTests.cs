using NodeAgent.Migration.Model;
using NodeAgent.Migration.Sources;
using NodeAgent.Tests.Qemu.Rig;
using NodeAgent.Tests.Support;
using Xunit;

namespace NodeAgent.Tests.Qemu.Qmp;

/// <summary>One guest that writes faster than its memory may be sent, and four attempts to migrate it.</summary>
public sealed class StubbornTests
{
    [SkippableFact]
    public async Task A_guest_that_writes_too_fast()
    {
        using var source = QemuGuest.Running(new GuestOptions { Hot = 48, HotRate = 100 });
        await using var read = await ReadGuest.OpenAsync(source);
        await Stagnates(source, read);
        await Fails(source, read);
        await IsThrottled(source, read);
        await Postcopy(source, read);
    }

    /// <summary>Each pass leaves what the one before left: said, and cancelled.</summary>
    private static async Task Stagnates(QemuGuest source, ReadGuest read)
    {
        using var destination = source.Destination();
        var migration = new LiveMigration(source, destination, new MigrationOptions { BandwidthMiB = 28 });
        var refused = default(Task<DirtyRate>);
        var seen = await Observation.OfAsync(read, migration, o =>
        {
            if (o.Last.Phase == MigrationPhase.Active) refused ??= read.Source.MeasureAsync(DirtyRateMode.PageSampling, TimeSpan.FromSeconds(1), default).AsTask();
            if (o.Verdict is MigrationVerdict.Stagnating or MigrationVerdict.WillNotConverge || o.Last.Pass > 8) migration.Cancel();
        });

        seen.AssertSane(migration);
        Assert.Equal((MigrationPhase.Cancelled, MigrationVerdict.Cancelled), (seen.Last.Phase, seen.Verdict));
        Assert.Contains(seen.Forecasts, static f => f.Verdict is MigrationVerdict.Stagnating or MigrationVerdict.WillNotConverge);
        Assert.InRange(seen.Samples.Max(static s => s.Pass ?? 0), 3, 8);
        Assert.Equal(MigrationPhase.Cancelled, seen.Phases.Last());
        Assert.Equal(GuestSourceFault.Busy, (await Assert.ThrowsAsync<GuestSourceException>(() => refused!)).Fault);

        // As it writes more than is sent, what QEMU reports is the bandwidth, not the guest's own rate: no more than either.
        DirtiedRate.AssertReported(source.Truth, seen.DirtyBytesPerSecond, 0, 1.2);
    }

    /// <summary>The destination is killed.</summary>
    private static async Task Fails(QemuGuest source, ReadGuest read)
    {
        using var destination = source.Destination();
        await using var readDestination = await ReadGuest.OpenAsync(destination);
        var migration = new LiveMigration(source, destination, new MigrationOptions { BandwidthMiB = 28 });
        var seen = await Observation.OfAsync(read, migration, o =>
        {
            if (o.Last.TransferredBytes > 8 << 20 && !destination.Process.HasExited) destination.Kill();
        });

        Assert.Equal((MigrationPhase.Failed, MigrationVerdict.Failed), (seen.Last.Phase, seen.Verdict));
        Assert.NotEmpty(seen.Last.Error!);
        Assert.True(Wait.Until(() => readDestination.Notes.Saw(SourceEventKind.Lost)));
        var refused = await Assert.ThrowsAsync<GuestSourceException>(async () => await readDestination.Source.SampleAsync(default));
        Assert.Equal(GuestSourceFault.Absent, refused.Fault);
    }

    /// <summary>QEMU takes CPU time from the guest until it fits.</summary>
    private static async Task IsThrottled(QemuGuest source, ReadGuest read)
    {
        using var destination = source.Destination();
        var migration = new LiveMigration(source, destination, new MigrationOptions { BandwidthMiB = 28, AutoConverge = true, Throttle = (60, 30) });
        var seen = await Observation.OfAsync(read, migration, o =>
        {
            if (o.Last.ThrottlePercent >= 90 || o.Last.Pass > 9) migration.Cancel();
        });

        seen.AssertSane(migration);
        Assert.Contains(seen.Samples, static s => s.ThrottlePercent >= 60);
        Assert.Contains(seen.Forecasts, static f => f.ThrottlePercent >= 60);
        Assert.Equal(0, seen.Samples.First(static s => s.TotalBytes is not null).ThrottlePercent);
        Assert.Equal(MigrationPhase.Cancelled, seen.Last.Phase);
    }

    /// <summary>What is left is fetched by the destination, where the guest runs already.</summary>
    private static async Task Postcopy(QemuGuest source, ReadGuest read)
    {
        using var destination = source.Destination();
        await using var readDestination = await ReadGuest.OpenAsync(destination);
        var migration = new LiveMigration(source, destination, new MigrationOptions { BandwidthMiB = 28, Postcopy = true, PostcopyBandwidthMiB = 16 });
        var switched = false;
        var seen = await Observation.OfAsync(read, migration, o =>
        {
            if (switched || o.Last.Pass is not >= 2) return;
            switched = true;
            migration.SwitchToPostcopy();
        });

        seen.AssertSane(migration);
        Assert.Equal((MigrationPhase.Completed, MigrationVerdict.Done), (seen.Last.Phase, seen.Verdict));
        Assert.Contains(MigrationPhase.PostcopyActive, seen.Phases);
        Assert.Contains(seen.Samples, static s => s is { Phase: MigrationPhase.PostcopyActive, PostcopyBandwidthLimit: 16 << 20 });
        Assert.True(Wait.Until(() => readDestination.Notes.Saw(SourceEventKind.Resumed)));

        // QEMU 7.2 says its host's uptime: not told on.
        Assert.InRange(seen.Forecasts[^1].ExpectedDowntimeMilliseconds ?? 0, 0, seen.Last.Elapsed!.Value.TotalMilliseconds);
    }
}
