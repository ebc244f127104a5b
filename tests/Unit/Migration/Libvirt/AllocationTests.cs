using System.Runtime.CompilerServices;
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
    private const int Attempts = 50;
    private const int Samples = 200;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_sample(bool asTheSamplerAsks)
    {
        var folder = Directory.CreateTempSubdirectory("libvirt-").FullName;
        try
        {
            using var daemon = new QuietLibvirt(Path.Combine(folder, "libvirt-sock"), LibvirtRoom.Domain, RecordedPackets.Answers("job").Last(static p => p.Bytes.Length > 600 && p.Bytes[19] == 1).Bytes);
            await using var sources = new LibvirtSources(new FakeSockets(folder), TimeProvider.System, new LibvirtRoom.RecordedLog());
            await using var source = (await sources.TryOpenAsync(LibvirtRoom.Guest, new HeardEvents(), CancellationToken.None))!;
            var least = await Task.Run(() => asTheSamplerAsks ? new Asker(source).Measure() : MeasureAsync(source).GetAwaiter().GetResult());
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

    /// <summary>Without a state machine: one action for all answers.</summary>
    private sealed class Asker(IGuestSource source)
    {
        private readonly AutoResetEvent _over = new(false);
        private Action? _answered;
        private ConfiguredValueTaskAwaitable<MigrationSample>.ConfiguredValueTaskAwaiter _answer;
        private int _left;

        public long Measure()
        {
            var least = long.MaxValue;
            _answered = Answered;
            for (var attempt = 0; attempt < Attempts && least > 0; attempt++)
            {
                _left = Samples;
                var before = GC.GetTotalAllocatedBytes(precise: true);
                Ask();
                _over.WaitOne();
                least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
            }

            return least;
        }

        private void Ask()
        {
            _answer = source.SampleAsync(CancellationToken.None).ConfigureAwait(false).GetAwaiter();
            _answer.UnsafeOnCompleted(_answered!);
        }

        private void Answered()
        {
            if (_answer.GetResult().Phase == MigrationPhase.Active && --_left > 0) Ask();
            else _over.Set();
        }
    }

    /// <summary>Tests that no other runs beside.</summary>
    [CollectionDefinition("libvirt allocations", DisableParallelization = true)]
    public sealed class Alone;
}
