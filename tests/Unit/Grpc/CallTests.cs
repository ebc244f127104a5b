using Google.Protobuf;
using Grpc.Core;
using Xunit;

namespace NodeAgent.Tests.Unit.Grpc;

/// <summary>The four kinds of calls, stub to stub.</summary>
public sealed class CallTests
{
    [Fact]
    public async Task Unary()
    {
        await using var server = await EchoServer.StartAsync();
        using var call = server.Client().UnaryAsync(new EchoRequest { Text = "grüß dich", Payload = ByteString.CopyFrom(0, 1, 255) });
        var response = await call;

        Assert.Equal("grüß dich", response.Text);
        Assert.Equal([0, 1, 255], response.Payload.ToByteArray());
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
        Assert.Empty(call.GetTrailers());
    }

    [Fact]
    public async Task Blocking_unary()
    {
        await using var server = await EchoServer.StartAsync();
        Assert.Equal("now", server.Client().Unary(new EchoRequest { Text = "now" }).Text);
    }

    [Fact]
    public async Task An_empty_message_is_a_message()
    {
        await using var server = await EchoServer.StartAsync();
        Assert.Equal(new EchoResponse(), await server.Client().UnaryAsync(new EchoRequest()));
    }

    [Fact]
    public async Task Server_stream()
    {
        await using var server = await EchoServer.StartAsync();
        using var call = server.Client().ServerStream(new EchoRequest { Text = "x", Count = 1000 });
        var numbers = new List<int>();
        await foreach (var response in call.ResponseStream.ReadAllAsync())
            numbers.Add(response.Number);

        Assert.Equal(Enumerable.Range(0, 1000), numbers);
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
    }

    [Fact]
    public async Task A_server_stream_without_messages()
    {
        await using var server = await EchoServer.StartAsync();
        using var call = server.Client().ServerStream(new EchoRequest());
        Assert.False(await call.ResponseStream.MoveNext(CancellationToken.None));
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
    }

    [Fact]
    public async Task Client_stream()
    {
        await using var server = await EchoServer.StartAsync();
        using var call = server.Client().ClientStream();
        foreach (var text in (string[])["a", "b", "c"])
            await call.RequestStream.WriteAsync(new EchoRequest { Text = text });
        await call.RequestStream.CompleteAsync();
        var response = await call;

        Assert.Equal("abc", response.Text);
        Assert.Equal(3, response.Number);
    }

    [Fact]
    public async Task Duplex_messages_go_back_and_forth()
    {
        await using var server = await EchoServer.StartAsync();
        using var call = server.Client().Duplex();
        for (var i = 0; i < 100; i++)
        {
            await call.RequestStream.WriteAsync(new EchoRequest { Text = $"{i}" });
            Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
            Assert.Equal($"{i}", call.ResponseStream.Current.Text);
        }

        await call.RequestStream.CompleteAsync();
        Assert.False(await call.ResponseStream.MoveNext(CancellationToken.None));
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
    }

    [Fact]
    public async Task Duplex_responses_can_go_first()
    {
        await using var server = await EchoServer.StartAsync();
        server.Service.OnDuplex = async (requests, responses, _) =>
        {
            await responses.WriteAsync(new EchoResponse { Text = "hello" });
            await requests.MoveNext(CancellationToken.None);
        };
        using var call = server.Client().Duplex();
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None).WaitAsync(EchoServer.Patience));
        Assert.Equal("hello", call.ResponseStream.Current.Text);
        await call.RequestStream.CompleteAsync();
        Assert.False(await call.ResponseStream.MoveNext(CancellationToken.None));
    }

    [Fact]
    public async Task Megabytes_go_through_in_both_directions()
    {
        await using var server = await EchoServer.StartAsync(new() { Grpc = options => options.MaxReceiveMessageSize = null });
        var payload = new byte[20 * 1024 * 1024];
        new Random(7).NextBytes(payload);
        var response = await server.Client(options => options.MaxReceiveMessageSize = null).UnaryAsync(new EchoRequest { Payload = UnsafeByteOperations.UnsafeWrap(payload) });
        Assert.True(response.Payload.Span.SequenceEqual(payload));
    }

    [Fact]
    public async Task A_thousand_calls_at_once()
    {
        await using var server = await EchoServer.StartAsync();
        var client = server.Client();
        var responses = await Task.WhenAll(Enumerable.Range(0, 1000).Select(i => client.UnaryAsync(new EchoRequest { Text = $"{i}" }).ResponseAsync));
        Assert.Equal(Enumerable.Range(0, 1000).Select(i => $"{i}"), responses.Select(response => response.Text));
    }

    [Fact]
    public async Task No_write_after_the_last_request()
    {
        await using var server = await EchoServer.StartAsync();
        using var call = server.Client().Duplex();
        await call.RequestStream.CompleteAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(() => call.RequestStream.WriteAsync(new EchoRequest()));
    }
}
