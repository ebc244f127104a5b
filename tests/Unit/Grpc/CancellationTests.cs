using Grpc.Core;
using Xunit;

namespace NodeAgent.Tests.Unit.Grpc;

/// <summary>A client that gives up, in each of its ways, and what the service sees of it.</summary>
public sealed class CancellationTests
{
    public enum Way
    {
        Token,
        Dispose,
        MoveNext,
        Channel,
        Disconnect,
    }

    [Theory]
    [InlineData(Way.Token)]
    [InlineData(Way.Dispose)]
    [InlineData(Way.MoveNext)]
    [InlineData(Way.Channel)]
    [InlineData(Way.Disconnect)]
    public async Task A_service_sees_its_client_go(Way way)
    {
        await using var server = await EchoServer.StartAsync();
        var gone = new TaskCompletionSource();
        server.Service.OnServerStream = async (_, responses, context) =>
        {
            using var registration = context.CancellationToken.Register(gone.SetResult);
            await responses.WriteAsync(new EchoResponse());
            await Task.Delay(Timeout.Infinite, context.CancellationToken);
        };
        using var channel = server.Channel();
        using var cancel = new CancellationTokenSource();
        using var call = new Echo.EchoClient(channel).ServerStream(new EchoRequest(), cancellationToken: way == Way.Token ? cancel.Token : default);
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        var next = call.ResponseStream.MoveNext(way == Way.MoveNext ? cancel.Token : default);
        switch (way)
        {
            case Way.Dispose:
                call.Dispose();
                break;
            case Way.Channel:
                channel.Dispose();
                break;
            case Way.Disconnect:
                server.CutConnections();
                break;
            default:
                await cancel.CancelAsync();
                break;
        }

        await gone.Task.WaitAsync(EchoServer.Patience);
        var error = await Assert.ThrowsAsync<RpcException>(() => next.WaitAsync(EchoServer.Patience));
        Assert.Equal(way == Way.Disconnect ? StatusCode.Unavailable : StatusCode.Cancelled, error.StatusCode);
    }

    [Fact]
    public async Task A_service_that_waits_for_requests_sees_its_client_go()
    {
        await using var server = await EchoServer.StartAsync();
        var left = new TaskCompletionSource<Exception>();
        server.Service.OnClientStream = async (requests, context) =>
        {
            var failure = await Record.ExceptionAsync(async () =>
            {
                while (await requests.MoveNext(context.CancellationToken))
                {
                }
            });
            left.SetResult(failure);
            throw failure;
        };
        using var call = server.Client().ClientStream();
        await call.RequestStream.WriteAsync(new EchoRequest());
        call.Dispose();

        Assert.NotNull(await left.Task.WaitAsync(EchoServer.Patience));
        Assert.Equal(StatusCode.Cancelled, (await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync)).StatusCode);
        Assert.Equal(StatusCode.Cancelled, (await Assert.ThrowsAsync<RpcException>(() => call.RequestStream.WriteAsync(new EchoRequest()))).StatusCode);
    }

    [Fact]
    public async Task A_call_cancelled_before_it_began_is_not_made()
    {
        await using var server = await EchoServer.StartAsync();
        server.Service.OnUnary = (_, _) => throw new RpcException(new Status(StatusCode.DataLoss, "must not be called"));
        var error = await Assert.ThrowsAsync<RpcException>(
            () => server.Client().UnaryAsync(new EchoRequest(), cancellationToken: new CancellationToken(canceled: true)).ResponseAsync);
        Assert.Equal(StatusCode.Cancelled, error.StatusCode);
    }

    [Fact]
    public async Task Disposing_a_call_that_has_ended_changes_nothing()
    {
        await using var server = await EchoServer.StartAsync();
        var call = server.Client().UnaryAsync(new EchoRequest());
        await call;
        call.Dispose();
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
    }
}
