using System.IO.Compression;
using Google.Protobuf;
using Grpc.Core;
using Xunit;

namespace NodeAgent.Tests.Unit.Grpc;

/// <summary>gzip, both ways.</summary>
public sealed class CompressionTests
{
    private static readonly Metadata Compressing = new() { { "grpc-internal-encoding-request", "gzip" } };

    private static readonly EchoRequest Large = new() { Text = new string('x', 50_000) };

    [Fact]
    public async Task Responses_are_compressed_for_who_takes_it()
    {
        await using var server = await EchoServer.StartAsync(new() { Grpc = options => options.ResponseCompressionAlgorithm = "gzip" });
        using var raw = server.Raw();
        var compressed = await raw.SendAsync(RawClient.Frame(Large.ToByteArray()), ("grpc-accept-encoding", "identity,deflate, gzip"));
        var plain = await raw.SendAsync(RawClient.Frame(Large.ToByteArray()), ("grpc-accept-encoding", "deflate"));

        Assert.Equal(("gzip", 1), (compressed.Headers["grpc-encoding"], compressed.Body[0]));
        Assert.InRange(compressed.Body.Length, 1, 1000);
        Assert.Equal(0, plain.Body[0]);
        Assert.DoesNotContain("grpc-encoding", plain.Headers.Keys);
        Assert.Equal(Large.Text, (await server.Client().UnaryAsync(Large)).Text);
    }

    [Fact]
    public async Task Requests_are_compressed_if_asked_for()
    {
        await using var server = await EchoServer.StartAsync();
        string? encoding = null;
        server.Service.OnUnary = (request, context) =>
        {
            encoding = context.GetHttpContext().Request.Headers["grpc-encoding"];
            Assert.Null(context.RequestHeaders.Get("grpc-internal-encoding-request"));
            return Task.FromResult(EchoService.Answer(request));
        };
        Assert.Equal(Large.Text, (await server.Client().UnaryAsync(Large, Compressing)).Text);
        Assert.Equal("gzip", encoding);
    }

    [Fact]
    public async Task Streams_are_compressed_message_by_message()
    {
        await using var server = await EchoServer.StartAsync();
        server.Service.OnDuplex = async (requests, responses, context) =>
        {
            await context.WriteResponseHeadersAsync(Compressing);
            while (await requests.MoveNext(CancellationToken.None))
            {
                responses.WriteOptions = new WriteOptions(requests.Current.Count % 2 == 0 ? WriteFlags.NoCompress : 0);
                await responses.WriteAsync(EchoService.Answer(requests.Current));
            }
        };
        using var call = server.Client().Duplex(Compressing);
        for (var i = 0; i < 4; i++)
        {
            await call.RequestStream.WriteAsync(new EchoRequest { Text = Large.Text, Count = i });
            Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
            Assert.Equal(Large.Text, call.ResponseStream.Current.Text);
        }

        Assert.Equal("gzip", (await call.ResponseHeadersAsync).Count == 0 ? "gzip" : "listed as metadata");
        await call.RequestStream.CompleteAsync();
        Assert.False(await call.ResponseStream.MoveNext(CancellationToken.None));
    }

    [Fact]
    public async Task An_unknown_compression_is_unimplemented_and_the_answer_names_what_is_known()
    {
        await using var server = await EchoServer.StartAsync();
        using var raw = server.Raw();
        var response = await raw.SendAsync(RawClient.Frame([], flag: 1), ("grpc-encoding", "zstd"));
        Assert.Equal((StatusCode.Unimplemented, "identity,gzip"), (response.Status, response.Headers["grpc-accept-encoding"]));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("identity")]
    public async Task A_compressed_message_without_a_compression_is_an_error(string? encoding)
    {
        await using var server = await EchoServer.StartAsync();
        using var raw = server.Raw();
        var response = await raw.SendAsync(RawClient.Frame([], flag: 1), encoding is null ? [] : [("grpc-encoding", encoding)]);
        Assert.Equal(StatusCode.Internal, response.Status);
        Assert.Contains("names no compression", response.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_gzip_is_an_error()
    {
        await using var server = await EchoServer.StartAsync(new() { Grpc = options => options.EnableDetailedErrors = true });
        using var raw = server.Raw();
        var whole = Zipped();
        foreach (var body in (byte[][])[[1, 2, 3], [], whole[..^12], whole[..^1], whole[..(whole.Length / 2)], [.. whole, 1, 2, 3]])
        {
            var response = await raw.SendAsync(RawClient.Frame(body, flag: 1), ("grpc-encoding", "gzip"));
            Assert.True(response.Message.Contains("marked as compressed by gzip, but it is not"), $"{body.Length} of {whole.Length}: {response.Message}");
        }

        Assert.Equal(StatusCode.OK, (await raw.SendAsync(RawClient.Frame(whole, flag: 1), ("grpc-encoding", "gzip"))).Status);
    }

    private static byte[] Zipped()
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(new EchoRequest { Payload = ByteString.CopyFrom(new Random(7).GetItems<byte>([1, 2, 3, 4, 5], 5000)) }.ToByteArray());
        return stream.ToArray();
    }
}
