using NodeAgent.Migration.Model;
using NodeAgent.Migration.Sources;
using NodeAgent.Tests.Qemu.Rig;
using NodeAgent.Tests.Support.Migrations;
using Xunit;

namespace NodeAgent.Tests.Qemu.Qmp;

/// <summary>Guests under KVM, with a dirty bitmap and with a dirty ring: what is measured against the rate they were built with; and what was sent to QEMU for it.</summary>
public sealed class KvmTests
{
    private const double Mebibyte = 1 << 20;

    /// <summary>It catches up after it stood still: on a busy machine there are seconds with more.</summary>
    private const int Rate = 20;

    private static readonly string[] s_looks = ["qmp_capabilities", "query-migrate", "query-migrate-parameters", "query-migrate-capabilities"];
    private static readonly string[] s_measures = ["query-kvm", "query-dirty-rate", "calc-dirty-rate"];

    [SkippableTheory]
    [InlineData(0, DirtyRateMode.DirtyBitmap, DirtyRateMode.DirtyRing)]
    [InlineData(4096, DirtyRateMode.DirtyRing, DirtyRateMode.DirtyBitmap)]
    public async Task A_guest_is_measured_and_migrated(int ring, DirtyRateMode has, DirtyRateMode lacks)
    {
        using var source = QemuGuest.Running(new GuestOptions { Kvm = true, DirtyRingSize = ring, Hot = 64, HotRate = Rate, MemoryMiB = 160 });
        using var destination = source.Destination();

        // Between the agent and QEMU, so that every word is noted; the monitor is this process', and so is the guest that is told.
        using var proxy = new RecordingProxy(source.FreeSocket);
        await using var read = await ReadGuest.OpenAsync(ReadGuest.Of(source) with { Process = OwnProcess.Process, QmpSockets = ["/run/of-its-owner.qmp", proxy.Path] });
        foreach (var mode in (DirtyRateMode[])[has, DirtyRateMode.PageSampling])
        {
            var measured = await read.Source.MeasureAsync(mode, TimeSpan.FromSeconds(2), default);
            Assert.Equal(mode, measured.Mode);
            var rate = measured.BytesPerSecond / Mebibyte;
            Assert.True(rate is >= 0.5 * Rate and <= 2 * Rate, $"{mode}: {rate:0.0} MiB/s, and the guest was built to write {Rate}");
        }

        var refused = await Assert.ThrowsAsync<GuestSourceException>(async () => await read.Source.MeasureAsync(lacks, TimeSpan.FromSeconds(1), default));
        Assert.Equal(GuestSourceFault.Unsupported, refused.Fault);
        Assert.Empty(await read.Source.BlockersAsync(default));
        Assert.Equal([.. s_looks.Take(2), .. s_measures, "query-migrate-capabilities"], proxy.Commands.Distinct().OrderBy(static c => Array.IndexOf([.. s_looks.Take(2), .. s_measures], c) is var i && i < 0 ? 99 : i));
        Assert.Equal(2, proxy.Commands.Count(static c => c == "calc-dirty-rate"));

        var asked = proxy.Commands.Count;

        // It may not end before its dirty rate was seen.
        var migration = new LiveMigration(source, destination, new MigrationOptions { BandwidthMiB = 40, DowntimeMilliseconds = 1 });
        var seen = await Observation.OfAsync(read, migration, o =>
        {
            if (o.Last.DirtyBytesPerSecond > 0) migration.Limit(1024, 5000);
        });

        Assert.Equal((MigrationPhase.Completed, MigrationVerdict.Done), (seen.Last.Phase, seen.Verdict));
        Assert.Equal(seen.Last.Pass, seen.Passes.Last());
        Assert.InRange(seen.Last.Downtime!.Value, TimeSpan.Zero, seen.Last.Elapsed!.Value);
        Assert.InRange(seen.Samples.Max(static s => s.DirtyBytesPerSecond ?? 0) / Mebibyte, 0.4 * Rate, 2 * Rate);
        Assert.Subset(s_looks.ToHashSet(), proxy.Commands.Skip(asked).ToHashSet());
    }
}
