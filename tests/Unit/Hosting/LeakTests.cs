using System.Buffers.Binary;
using System.IO.Compression;
using NodeAgent.Tests.Unit.Grpc;
using Xunit;

namespace NodeAgent.Tests.Unit.Hosting;

/// <summary>What the process holds after clients have come and gone. Nothing else may run meanwhile: it would be counted, too.</summary>
[Collection(nameof(Alone))]
public class LeakTests
{
    [Fact]
    public async Task After_thousands_of_connections_descriptors_and_memory_are_as_before()
    {
        using var daemon = await new TestDaemon().Started();
        await Connections(daemon, 500);
        var (descriptors, memory) = (Descriptors(), GC.GetTotalMemory(forceFullCollection: true));
        await Connections(daemon, 10_000);

        // Tests that ran before leave a few to the collector; one kind of these connections alone would be three thousand.
        await FaultTests.Until(() => Descriptors() <= descriptors + 500);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - memory, long.MinValue, 4 << 20);
    }

    private static async Task Connections(TestDaemon daemon, int count)
    {
        for (var i = 0; i < count; i++)
        {
            using var socket = await daemon.Connect();
            if (i % 3 == 0) continue;
            await socket.SendAsync(RawHttp2.Preface);
            if (i % 3 == 1) continue;
            await socket.SendAsync(RawHttp2.Call(1, "/grpc.health.v1.Health/Check", endStream: true));
            await socket.ReceiveAsync(new byte[1024]);
        }

        await FaultTests.Until(() => daemon.Access.Open == 0);
    }

    private static int Descriptors() => Directory.GetFiles("/proc/self/fd").Length;

    [Fact]
    public async Task A_message_of_100_MB_and_one_that_unpacks_to_as_much_are_refused_with_the_limit_and_no_such_memory_is_taken()
    {
        using var daemon = await new TestDaemon().Started();
        await daemon.Client().UnaryAsync(new EchoRequest());
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var zeros = new byte[100 << 20];
        var own = GC.GetTotalAllocatedBytes(precise: true) - before;
        foreach (var compressed in new[] { false, true })
        {
            using var client = new HttpClient(daemon.UnixHandler());
            var message = RawHttp2.Message(compressed ? Gzip(zeros) : zeros.AsSpan(0, 8 << 20), compressed);
            if (!compressed) BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(1), 100 << 20);
            var status = await FaultTests.Post(client, message, compressed ? "gzip" : "identity");
            Assert.Equal("8", status);
        }

        Assert.True(own >= 100 << 20);
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before - own, 0, 60 << 20);
        await daemon.Client().UnaryAsync(new EchoRequest());
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(bytes);
        return packed.ToArray();
    }

    /// <summary>Tests that no other runs beside.</summary>
    [CollectionDefinition(nameof(Alone), DisableParallelization = true)]
    public sealed class Alone;
}
