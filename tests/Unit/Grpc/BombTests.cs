using System.IO.Compression;
using Grpc.Core;
using Xunit;

namespace NodeAgent.Tests.Unit.Grpc;

/// <summary>What all threads allocate is measured: nothing else may run meanwhile.</summary>
[Collection(nameof(Hosting.LeakTests.Alone))]
public sealed class BombTests
{
    [Fact]
    public async Task A_bomb_is_not_inflated_beyond_the_limit()
    {
        await using var server = await EchoServer.StartAsync(new() { Grpc = options => options.MaxReceiveMessageSize = 100_000 });
        using var bomb = new MemoryStream();
        using (var gzip = new GZipStream(bomb, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            var zeros = new byte[1 << 20];
            for (var i = 0; i < 50; i++)
                gzip.Write(zeros);
        }

        using var raw = server.Raw();
        Assert.InRange(bomb.Length, 1, 100_000);
        var body = RawClient.Frame(bomb.ToArray(), flag: 1);
        await raw.SendAsync(body, ("grpc-encoding", "gzip"));
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var response = await raw.SendAsync(body, ("grpc-encoding", "gzip"));
        var allocated = GC.GetTotalAllocatedBytes(precise: true) - before;

        Assert.Equal(
            (StatusCode.ResourceExhausted, "A compressed message came in that has more than 100000 bytes uncompressed; the limit is 100000 bytes (MaxReceiveMessageSize)."),
            (response.Status, response.Message));
        Assert.InRange(allocated, 0, 5_000_000);
    }
}
