using NodeAgent.Migration.Libvirt;
using NodeAgent.Migration.Model;
using NodeAgent.Migration.Sources;
using NodeAgent.Tests.Support.Libvirt;
using Xunit;

namespace NodeAgent.Tests.Unit.Migration.Libvirt;

/// <summary>A sample over a socket, request, answer and all threads it passes through, allocates nothing.</summary>
[Collection("libvirt allocations")]
public sealed class AllocationTests
{
    private const int Attempts = 10;
    private const int Samples = 200;

    [Fact]
    public async Task A_sample()
    {
        var folder = Directory.CreateTempSubdirectory("libvirt-").FullName;
        try
        {
            using var daemon = new QuietLibvirt(Path.Combine(folder, "libvirt-sock"), LibvirtRoom.Domain, RecordedPackets.Answers("job").Last(static p => p.Bytes.Length > 600 && p.Bytes[19] == 1).Bytes);
            await using var sources = new LibvirtSources(new FakeSockets(folder), TimeProvider.System, new LibvirtRoom.RecordedLog());
            await using var source = (await sources.TryOpenAsync(LibvirtRoom.Guest, new HeardEvents(), CancellationToken.None))!;
            var least = await Task.Run(() => MeasureAsync(source));
            Assert.Equal(0, least);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Of all threads, so what the runtime does beside counts: the least of some attempts.</summary>
    private static async Task<long> MeasureAsync(IGuestSource source)
    {
        var least = long.MaxValue;
        using var cancellation = new CancellationTokenSource();
        for (var attempt = 0; attempt < Attempts && least > 0; attempt++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            for (var i = 0; i < Samples; i++)
            {
                var sample = await source.SampleAsync(cancellation.Token).ConfigureAwait(false);
                if (sample.Phase != MigrationPhase.Active) throw new InvalidOperationException($"{sample.Phase}");
            }

            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        return least;
    }

    /// <summary>Tests that no other runs beside.</summary>
    [CollectionDefinition("libvirt allocations", DisableParallelization = true)]
    public sealed class Alone;
}
