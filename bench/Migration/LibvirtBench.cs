using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using NodeAgent.Bench.Harness;
using NodeAgent.Migration.Forecasting;
using NodeAgent.Migration.Libvirt;
using NodeAgent.Migration.Model;
using NodeAgent.Migration.Sources;
using NodeAgent.Tests.Support.Libvirt;

namespace NodeAgent.Bench.Migration;

/// <summary>
/// A sample of libvirt's, from the question to the forecast, beside a bare client that asks the same and reads nothing of the answer. The
/// daemon is a stand-in: it answers with a recorded packet, after the time that a real one takes to ask QEMU, or at once.
/// </summary>
internal sealed class LibvirtBench : IBench
{
    private const int WarmUp = 300;
    private const int Rounds = 1000;

    /// <summary>libvirtd 9.0 with a migration under way: half of its answers take longer.</summary>
    private static readonly TimeSpan s_monitor = TimeSpan.FromMilliseconds(1);

    private static readonly FakeDomain s_domain = new("guest", Guid.Parse("11111111-2222-3333-4444-555555555555"));

    public string Name => "libvirt";

    public string Description => "a sample over libvirt's RPC and its forecast, beside a bare blocking client, by turns";

    public Place Place => Place.Host;

    public void Run(Report report)
    {
        var (bare, sample, _) = Compare(s_monitor);
        report.Line($"with {s_monitor.TotalMilliseconds:0} ms for QEMU: bare {bare.Median * 1000:0} us, p99 {bare.Quantile(0.99) * 1000:0} us; sample {sample.Median * 1000:0} us, p99 {sample.Quantile(0.99) * 1000:0} us");
        report.Judge("ratio", sample.Median / bare.Median);
        (bare, sample, var allocated) = Compare(TimeSpan.Zero);
        report.Line($"answered at once: bare {bare.Median * 1000:0} us, p99 {bare.Quantile(0.99) * 1000:0} us; sample {sample.Median * 1000:0} us, p99 {sample.Quantile(0.99) * 1000:0} us");
        report.Judge("more", (sample.Median - bare.Median) * 1000);
        report.Judge("bytes", allocated);
    }

    private static (Samples Bare, Samples Sample, double Bytes) Compare(TimeSpan pause)
    {
        var folder = Directory.CreateTempSubdirectory("bench-").FullName;
        try
        {
            var answer = RecordedPackets.Answers("job").Last(static p => p.Bytes.Length > 600 && p.Bytes[19] == 1).Bytes;
            using var first = new QuietLibvirt($"{folder}/bare", s_domain, [.. answer]) { Pause = pause };
            using var second = new QuietLibvirt($"{folder}/libvirt-sock", s_domain, [.. answer]) { Pause = pause };
            using var bare = new LibvirtBare($"{folder}/bare", s_domain.Uuid.ToString());
            return Task.Run(() => CompareAsync(bare, folder)).GetAwaiter().GetResult();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<(Samples Bare, Samples Sample, double Bytes)> CompareAsync(LibvirtBare bare, string folder)
    {
        await using var sources = new LibvirtSources(new OneSocket($"{folder}/libvirt-sock"), TimeProvider.System, NullLogger.Instance);
        var guest = new Guest(new GuestProcess(1, 1), s_domain.Uuid.ToString(), s_domain.Name) { RunByLibvirt = true };
        await using var source = (await sources.TryOpenAsync(guest, new Deaf(), CancellationToken.None).ConfigureAwait(false))!;
        var forecaster = new MigrationForecaster();
        var (ofBare, ofSample) = (new double[Rounds], new double[Rounds]);
        var least = long.MaxValue;
        for (var attempt = 0; attempt < 2; attempt++)
        {
            for (var i = 0; i < (attempt == 0 ? WarmUp : Rounds); i++)
            {
                var start = Stopwatch.GetTimestamp();
                bare.Job();
                ofBare[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
                var before = GC.GetTotalAllocatedBytes();
                start = Stopwatch.GetTimestamp();
                forecaster.Add(await source.SampleAsync(CancellationToken.None).ConfigureAwait(false));
                ofSample[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
                least = Math.Min(least, GC.GetTotalAllocatedBytes() - before);
            }
        }

        return (Of(ofBare), Of(ofSample), least);
    }

    private static Samples Of(double[] milliseconds)
    {
        var samples = new Samples();
        foreach (var one in milliseconds) samples.Add(TimeSpan.FromMilliseconds(one));
        return samples;
    }

    private sealed class OneSocket(string path) : IDaemonSockets
    {
        public IReadOnlyList<string> Places(Guest guest) => [path];

        public DaemonSocket? TryOpen(Guest guest, string place) => new(place, place, (1, 1), null);
    }

    private sealed class Deaf : IGuestSourceObserver
    {
        public void Heard(GuestProcess guest, in SourceEvent heard)
        {
        }
    }
}
