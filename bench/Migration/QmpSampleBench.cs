using Microsoft.Extensions.Logging.Abstractions;
using NodeAgent.Bench.Harness;
using NodeAgent.Migration.Forecasting;
using NodeAgent.Migration.Model;
using NodeAgent.Migration.Qmp;
using NodeAgent.Migration.Sources;
using NodeAgent.Migration.Store;
using NodeAgent.Tests.Qemu.Rig;
using NodeAgent.Tests.Support.Migrations;

namespace NodeAgent.Bench.Migration;

/// <summary>A sample of a real migration between two QEMUs, from the request to the forecast, beside a client that does nothing but ask.</summary>
internal sealed class QmpSampleBench : IBench
{
    private const int Warming = 500;
    private const int Rounds = 3000;
    private const int Attempts = 5;
    private const int Counted = 1000;

    public string Name => "migration-sample";

    public string Description => "a sample of a real guest that migrates, against a client that only asks";

    public Place Place => Place.Host;

    public void Run(Report report)
    {
        if (GuestKit.WhyNot(kvm: false) is { } reason)
        {
            report.Skip(reason);
            return;
        }

        var folder = Directory.CreateTempSubdirectory("bench-");
        try
        {
            // 1 MiB/s: under way for as long as it takes, and QEMU at rest beside it.
            var bare = Path.Combine(folder.FullName, "bare.sock");
            using var source = QemuGuest.Running(new GuestOptions { Hot = 1, HotRate = 1, More = ["-qmp", $"unix:{bare},server=on,wait=off"] });
            using var destination = new QemuGuest(source.Options with { Incoming = true, More = [] });
            var migration = new LiveMigration(source, destination, new MigrationOptions { BandwidthMiB = 1 });
            migration.Start();
            MeasureAsync(report, source, bare).GetAwaiter().GetResult();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task MeasureAsync(Report report, QemuGuest guest, string path)
    {
        var sources = new QmpSources(HostPaths.Default, TimeProvider.System, NullLogger.Instance, TimeSpan.Zero);
        var named = new Guest(OwnProcess.Of(guest.Pid), "", "bench") { QmpSockets = [guest.ControlSocket, guest.FreeSocket] };
        await using var source = (await sources.TryOpenAsync(named, new SourceNotes(), default))!;
        using var bare = new QmpBare(path);
        var (ours, theirs) = (new Samples(), new Samples());
        using var store = new MigrationStore(1, TimeSpan.FromMinutes(5), TimeProvider.System);
        var publisher = new Publisher(store, named);
        for (var round = -Warming; round < Rounds; round++)
        {
            var start = SourceClock.Now;
            var sample = await source.SampleAsync(default);
            publisher.Publish(sample);
            var took = SourceClock.Now - start;
            if (sample.Phase != MigrationPhase.Active) throw new InvalidOperationException($"expected a migration under way, found {sample.Phase}");
            start = SourceClock.Now;
            bare.Sample();
            var bareTook = SourceClock.Now - start;
            if (round < 0) continue;
            ours.Add(took);
            theirs.Add(bareTook);
        }

        report.Line($"ours p50 {ours.Median * 1000:0} us, p99 {ours.Quantile(0.99) * 1000:0} us; bare p50 {theirs.Median * 1000:0} us, p99 {theirs.Quantile(0.99) * 1000:0} us; {Rounds} of each by turns");
        report.Judge("ratio", ours.Median / theirs.Median);
        report.Judge("ratio-p99", ours.Quantile(0.99) / theirs.Quantile(0.99));
        report.Judge("bytes", await BytesAsync(source, publisher));
    }

    /// <summary>Of the whole process, by the quietest attempt: QEMU's events go to the rig's own monitor too.</summary>
    private static async Task<double> BytesAsync(IGuestSource source, Publisher publisher)
    {
        var least = long.MaxValue;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            for (var i = 0; i < Counted; i++) publisher.Publish(await source.SampleAsync(default));
            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        return (double)least / Counted;
    }

    /// <summary>What the sampler does with an answer: forecast, and the new status to every reader.</summary>
    private sealed class Publisher(MigrationStore store, Guest guest)
    {
        private readonly MigrationForecaster _forecaster = new();

        public void Publish(in MigrationSample sample)
        {
            var now = TimeProvider.System.GetUtcNow();
            var status = new MigrationStatus("bench", guest, MigrationDirection.Outgoing) { Phase = MigrationPhase.Active, Started = now, SampledAt = now, Sample = sample, Forecast = _forecaster.Add(sample) };
            using var batch = store.Write();
            batch.Put(status, now);
        }
    }
}
