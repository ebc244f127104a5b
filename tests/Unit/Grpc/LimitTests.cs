using Google.Protobuf;
using Grpc.Core;
using Xunit;

namespace NodeAgent.Tests.Unit.Grpc;

/// <summary>Sizes of messages, in and out, plain and compressed.</summary>
public sealed class LimitTests
{
    private const int Limit = 1000;

    [Fact]
    public async Task A_request_beyond_the_servers_limit()
    {
        await using var server = await EchoServer.StartAsync(new() { Grpc = options => options.MaxReceiveMessageSize = Limit });
        var error = await Assert.ThrowsAsync<RpcException>(() => server.Client().UnaryAsync(Request(Limit)).ResponseAsync);
        Assert.Equal((StatusCode.ResourceExhausted, "A message of 1003 bytes came in; the limit is 1000 bytes (MaxReceiveMessageSize)."), (error.StatusCode, error.Status.Detail));
        Assert.Equal(Limit - 3, (await server.Client().UnaryAsync(Request(Limit - 3))).Payload.Length);
    }

    [Fact]
    public async Task Four_megabytes_are_the_default()
    {
        await using var server = await EchoServer.StartAsync();
        var error = await Assert.ThrowsAsync<RpcException>(() => server.Client().UnaryAsync(Request(4 * 1024 * 1024)).ResponseAsync);
        Assert.Equal(StatusCode.ResourceExhausted, error.StatusCode);
    }

    [Fact]
    public async Task A_response_beyond_the_servers_limit()
    {
        await using var server = await EchoServer.StartAsync(new() { Grpc = options => options.MaxSendMessageSize = Limit });
        var error = await Assert.ThrowsAsync<RpcException>(() => server.Client().UnaryAsync(Request(Limit)).ResponseAsync);
        Assert.Equal((StatusCode.ResourceExhausted, "A message of 1003 bytes was to be sent; the limit is 1000 bytes (MaxSendMessageSize)."), (error.StatusCode, error.Status.Detail));
    }

    [Fact]
    public async Task A_request_beyond_the_clients_limit()
    {
        await using var server = await EchoServer.StartAsync();
        var client = server.Client(options => options.MaxSendMessageSize = Limit);
        var error = await Assert.ThrowsAsync<RpcException>(() => client.UnaryAsync(Request(Limit)).ResponseAsync);
        Assert.Equal(StatusCode.ResourceExhausted, error.StatusCode);
        using var call = client.Duplex();
        error = await Assert.ThrowsAsync<RpcException>(() => call.RequestStream.WriteAsync(Request(Limit)));
        Assert.Equal(StatusCode.ResourceExhausted, error.StatusCode);
    }

    [Fact]
    public async Task A_response_beyond_the_clients_limit_ends_the_stream()
    {
        await using var server = await EchoServer.StartAsync();
        var gone = new TaskCompletionSource();
        server.Service.OnServerStream = async (_, responses, context) =>
        {
            using var registration = context.CancellationToken.Register(gone.SetResult);
            await responses.WriteAsync(new EchoResponse { Payload = Request(Limit).Payload });
            await Task.Delay(Timeout.Infinite, context.CancellationToken);
        };
        using var call = server.Client(options => options.MaxReceiveMessageSize = Limit).ServerStream(new EchoRequest());
        var error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(CancellationToken.None));
        Assert.Equal(StatusCode.ResourceExhausted, error.StatusCode);
        await gone.Task.WaitAsync(EchoServer.Patience);
    }

    [Fact]
    public async Task A_length_that_nobody_sends_is_refused_by_its_header_alone()
    {
        await using var server = await EchoServer.StartAsync();
        using var raw = server.Raw();
        var response = await raw.SendAsync([0, 0xff, 0xff, 0xff, 0xff]);
        Assert.Equal((StatusCode.ResourceExhausted, "A message of 4294967295 bytes came in; the limit is 4194304 bytes (MaxReceiveMessageSize)."), (response.Status, response.Message));
    }

    private static EchoRequest Request(int size) => new() { Payload = ByteString.CopyFrom(new byte[size]) };
}
