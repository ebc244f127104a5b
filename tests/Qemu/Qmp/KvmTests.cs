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
        var measurements = 0;
        foreach (var mode in (DirtyRateMode[])[DirtyRateMode.PageSampling, has]) measurements += await KvmRate.AssertMeasuredAsync(read.Source, mode, Rate);

        var refused = await Assert.ThrowsAsync<GuestSourceException>(async () => await read.Source.MeasureAsync(lacks, TimeSpan.FromSeconds(1), default));
        Assert.Equal(GuestSourceFault.Unsupported, refused.Fault);
        Assert.Empty(await read.Source.BlockersAsync(default));
        Assert.Equal([.. s_looks.Take(2), .. s_measures, "query-migrate-capabilities"], proxy.Commands.Distinct().OrderBy(static c => Array.IndexOf([.. s_looks.Take(2), .. s_measures], c) is var i && i < 0 ? 99 : i));
        Assert.Equal(measurements, proxy.Commands.Count(static c => c == "calc-dirty-rate"));

        var asked = proxy.Commands.Count;

        // It does not end before its rate was seen; with a ring, it may stand still by now.
        var migration = new LiveMigration(source, destination, new MigrationOptions { BandwidthMiB = 40, DowntimeMilliseconds = ring > 0 ? 300 : 1 });
        var seen = await Observation.OfAsync(read, migration, o =>
        {
            if (o.Last.DirtyBytesPerSecond / Mebibyte is > 0.5 * Rate and < 1.5 * Rate) migration.Limit(1024, 5000);
        });

        Assert.Equal((MigrationPhase.Completed, MigrationVerdict.Done), (seen.Last.Phase, seen.Verdict));
        Assert.Equal(seen.Last.Pass, seen.Passes.Last());
        Assert.InRange(seen.Last.Downtime!.Value, TimeSpan.Zero, seen.Last.Elapsed!.Value);
        Assert.Subset(s_looks.ToHashSet(), proxy.Commands.Skip(asked).ToHashSet());
    }
}
