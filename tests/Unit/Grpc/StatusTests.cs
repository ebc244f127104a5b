using Grpc.Core;
using Xunit;

namespace NodeAgent.Tests.Unit.Grpc;

/// <summary>How services end calls other than well.</summary>
public sealed class StatusTests
{
    public static TheoryData<StatusCode> Codes => [.. Enum.GetValues<StatusCode>().Where(code => code != StatusCode.OK)];

    [Theory]
    [MemberData(nameof(Codes))]
    public async Task A_status_arrives_with_message_and_trailers(StatusCode code)
    {
        await using var server = await EchoServer.StartAsync();
        server.Service.OnUnary = (_, _) => throw new RpcException(
            new Status(code, "100 % größer\n"), new Metadata { { "grpc-status-details-bin", [8, 5] }, { "x-more", "more" } });
        var error = await Assert.ThrowsAsync<RpcException>(() => server.Client().UnaryAsync(new EchoRequest()).ResponseAsync);

        Assert.Equal((code, "100 % größer\n"), (error.StatusCode, error.Status.Detail));
        Assert.Equal([8, 5], error.Trailers.GetValueBytes("grpc-status-details-bin"));
        Assert.Equal("more", error.Trailers.GetValue("x-more"));
    }

    [Fact]
    public async Task Without_a_message_the_status_is_in_the_headers()
    {
        await using var server = await EchoServer.StartAsync();
        server.Service.OnServerStream = (_, _, _) => throw new RpcException(new Status(StatusCode.NotFound, "no such link"));
        using var raw = server.Raw();
        var response = await raw.SendAsync(new ByteArrayContent(RawClient.Frame([])), "/nodeagent.tests.v1.Echo/ServerStream");

        Assert.True(response.IsTrailersOnly);
        Assert.Equal((StatusCode.NotFound, "no such link"), (response.Status, response.Message));
        Assert.Empty(response.Body);
    }

    [Fact]
    public async Task After_a_message_the_status_is_in_the_trailers()
    {
        await using var server = await EchoServer.StartAsync();
        server.Service.OnServerStream = async (_, responses, context) =>
        {
            await responses.WriteAsync(new EchoResponse { Number = 1 });
            context.ResponseTrailers.Add("x-set", "before");
            throw new RpcException(new Status(StatusCode.Aborted, "later"), new Metadata { { "x-thrown", "with" } });
        };
        using var call = server.Client().ServerStream(new EchoRequest());
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        var error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(CancellationToken.None));

        Assert.Equal((StatusCode.Aborted, "later"), (error.StatusCode, error.Status.Detail));
        Assert.Equal(("before", "with"), (error.Trailers.GetValue("x-set"), error.Trailers.GetValue("x-thrown")));
        Assert.Equal(StatusCode.Aborted, call.GetStatus().StatusCode);
    }

    [Fact]
    public async Task The_status_of_the_context_counts()
    {
        await using var server = await EchoServer.StartAsync();
        server.Service.OnServerStream = (_, _, context) =>
        {
            context.Status = new Status(StatusCode.OutOfRange, "set, not thrown");
            return Task.CompletedTask;
        };
        using var call = server.Client().ServerStream(new EchoRequest());
        var error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(CancellationToken.None));
        Assert.Equal((StatusCode.OutOfRange, "set, not thrown"), (error.StatusCode, error.Status.Detail));
    }

    [Theory]
    [InlineData(false, "Exception was thrown by handler.")]
    [InlineData(true, "Exception was thrown by handler. ArgumentException: secret")]
    public async Task An_exception_is_unknown_and_says_more_only_if_asked_to(bool detailed, string message)
    {
        await using var server = await EchoServer.StartAsync(new() { Grpc = options => options.EnableDetailedErrors = detailed });
        server.Service.OnUnary = (_, _) => throw new ArgumentException("secret");
        var error = await Assert.ThrowsAsync<RpcException>(() => server.Client().UnaryAsync(new EchoRequest()).ResponseAsync);
        Assert.Equal((StatusCode.Unknown, message), (error.StatusCode, error.Status.Detail));
    }

    [Fact]
    public async Task A_service_that_returns_nothing_has_failed()
    {
        await using var server = await EchoServer.StartAsync();
        server.Service.OnUnary = (_, _) => Task.FromResult<EchoResponse>(null!);
        var error = await Assert.ThrowsAsync<RpcException>(() => server.Client().UnaryAsync(new EchoRequest()).ResponseAsync);
        Assert.Equal(StatusCode.Cancelled, error.StatusCode);
    }

    [Theory]
    [InlineData("/nodeagent.tests.v1.Echo/Nothing")]
    [InlineData("/nodeagent.tests.v1.Nobody/Unary")]
    public async Task What_nobody_serves_is_unimplemented(string path)
    {
        await using var server = await EchoServer.StartAsync();
        using var raw = server.Raw();
        var response = await raw.SendAsync(new ByteArrayContent(RawClient.Frame([])), path);
        Assert.Equal((StatusCode.Unimplemented, $"There is no method {path} here."), (response.Status, response.Message));
    }

    [Fact]
    public async Task A_client_stream_can_be_refused_before_it_ends()
    {
        await using var server = await EchoServer.StartAsync();
        server.Service.OnClientStream = async (requests, _) =>
        {
            await requests.MoveNext(CancellationToken.None);
            throw new RpcException(new Status(StatusCode.InvalidArgument, "the first is wrong"));
        };
        using var call = server.Client().ClientStream();
        await call.RequestStream.WriteAsync(new EchoRequest());
        var error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync.WaitAsync(EchoServer.Patience));
        Assert.Equal((StatusCode.InvalidArgument, "the first is wrong"), (error.StatusCode, error.Status.Detail));
        var write = await Assert.ThrowsAsync<RpcException>(() => call.RequestStream.WriteAsync(new EchoRequest()));
        Assert.Equal(StatusCode.InvalidArgument, write.StatusCode);
    }

    [Fact]
    public async Task What_a_server_said_before_it_ended_the_call_can_be_read_after_a_write_has_failed()
    {
        await using var server = await EchoServer.StartAsync();
        server.Service.OnDuplex = async (_, responses, _) =>
        {
            await responses.WriteAsync(new EchoResponse { Number = 5 });
            throw new RpcException(new Status(StatusCode.FailedPrecondition, "enough"));
        };
        using var call = server.Client().Duplex();
        await Assert.ThrowsAsync<RpcException>(async () =>
        {
            while (true)
                await call.RequestStream.WriteAsync(new EchoRequest { Text = new string('x', 1000) }).WaitAsync(EchoServer.Patience);
        });

        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        Assert.Equal(5, call.ResponseStream.Current.Number);
        var error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(CancellationToken.None));
        Assert.Equal((StatusCode.FailedPrecondition, "enough"), (error.StatusCode, error.Status.Detail));
    }

    [Fact]
    public async Task Status_and_trailers_wait_for_the_end()
    {
        await using var server = await EchoServer.StartAsync();
        using var call = server.Client().Duplex();
        Assert.Throws<InvalidOperationException>(() => call.GetStatus());
        Assert.Throws<InvalidOperationException>(call.GetTrailers);
    }
}
