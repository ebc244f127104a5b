using System.Net.Sockets;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace NodeAgent.Tests.Unit.Grpc;

/// <summary>Servers that go, never were, or are something else.</summary>
public sealed class ConnectionTests
{
    [Fact]
    public async Task Shutdown_ends_a_watch_that_will_not_end_with_unavailable()
    {
        await using var server = await EchoServer.StartAsync(new() { ShutdownTimeout = TimeSpan.FromMilliseconds(200) });
        server.Service.OnServerStream = Endless;
        using var call = server.Client().ServerStream(new EchoRequest());
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        var next = call.ResponseStream.MoveNext(CancellationToken.None);
        await server.StopAsync().WaitAsync(EchoServer.Patience);

        var error = await Assert.ThrowsAsync<RpcException>(() => next.WaitAsync(EchoServer.Patience));
        Assert.Equal(StatusCode.Unavailable, error.StatusCode);
    }

    [Fact]
    public async Task Shutdown_lets_a_watch_say_that_it_ends()
    {
        await using var server = await EchoServer.StartAsync(new() { ShutdownTimeout = EchoServer.Patience });
        server.Service.OnServerStream = async (_, responses, context) =>
        {
            await responses.WriteAsync(new EchoResponse());
            var stopping = server.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
            await Record.ExceptionAsync(() => Task.Delay(Timeout.Infinite, stopping));
            throw new RpcException(new Status(StatusCode.Unavailable, "the daemon stops"));
        };
        using var call = server.Client().ServerStream(new EchoRequest());
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        var next = call.ResponseStream.MoveNext(CancellationToken.None);
        await server.StopAsync().WaitAsync(EchoServer.Patience);

        var error = await Assert.ThrowsAsync<RpcException>(() => next.WaitAsync(EchoServer.Patience));
        Assert.Equal((StatusCode.Unavailable, "the daemon stops"), (error.StatusCode, error.Status.Detail));
    }

    [Fact]
    public async Task No_server_is_unavailable_and_says_why()
    {
        await using var server = await EchoServer.StartAsync();
        await server.StopAsync();
        var error = await Assert.ThrowsAsync<RpcException>(() => server.Client().UnaryAsync(new EchoRequest()).ResponseAsync);
        Assert.Equal(StatusCode.Unavailable, error.StatusCode);
        Assert.IsType<HttpRequestException>(error.Status.DebugException);
        Assert.Contains("No connection to localhost", error.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_to_no_server_is_unavailable_for_writer_and_reader()
    {
        await using var server = await EchoServer.StartAsync();
        await server.StopAsync();
        using var call = server.Client().Duplex();
        Assert.Equal(StatusCode.Unavailable, (await Assert.ThrowsAsync<RpcException>(() => call.RequestStream.WriteAsync(new EchoRequest()).WaitAsync(EchoServer.Patience))).StatusCode);
        Assert.Equal(StatusCode.Unavailable, (await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(CancellationToken.None))).StatusCode);
        Assert.Equal(StatusCode.Unavailable, (await Assert.ThrowsAsync<RpcException>(() => call.ResponseHeadersAsync)).StatusCode);
    }

    [Fact]
    public async Task A_connection_that_breaks_is_unavailable()
    {
        await using var server = await EchoServer.StartAsync();
        server.Service.OnServerStream = Endless;
        using var call = server.Client().ServerStream(new EchoRequest());
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        server.CutConnections();
        var error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(CancellationToken.None).WaitAsync(EchoServer.Patience));
        Assert.Equal(StatusCode.Unavailable, error.StatusCode);
    }

    [Fact]
    public async Task A_channel_connects_again()
    {
        await using var server = await EchoServer.StartAsync();
        var client = server.Client();
        await client.UnaryAsync(new EchoRequest());
        server.CutConnections();
        await Record.ExceptionAsync(() => client.UnaryAsync(new EchoRequest()).ResponseAsync);
        Assert.Equal("again", (await client.UnaryAsync(new EchoRequest { Text = "again" })).Text);
    }

    [Theory]
    [InlineData(400, StatusCode.Internal)]
    [InlineData(401, StatusCode.Unauthenticated)]
    [InlineData(403, StatusCode.PermissionDenied)]
    [InlineData(404, StatusCode.Unimplemented)]
    [InlineData(429, StatusCode.Unavailable)]
    [InlineData(503, StatusCode.Unavailable)]
    [InlineData(418, StatusCode.Unknown)]
    [InlineData(200, StatusCode.Unknown)]
    public async Task A_server_of_something_else_is_judged_by_its_http_status(int http, StatusCode status)
    {
        await using var server = await EchoServer.StartAsync(new() { Instead = context => context.Response.StatusCode = http });
        var error = await Assert.ThrowsAsync<RpcException>(() => server.Client().UnaryAsync(new EchoRequest()).ResponseAsync);
        Assert.Equal(status, error.StatusCode);
    }

    [Fact]
    public async Task A_response_that_ends_without_a_status_is_unknown()
    {
        await using var server = await EchoServer.StartAsync(new() { Instead = context => context.Response.ContentType = "application/grpc" });
        using var call = server.Client().ServerStream(new EchoRequest());
        var error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(CancellationToken.None));
        Assert.Equal(StatusCode.Unknown, error.StatusCode);
        Assert.Contains("without the trailer grpc-status", error.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_says_ok_without_a_response_has_failed()
    {
        await using var server = await EchoServer.StartAsync(new()
        {
            Instead = context =>
            {
                context.Response.ContentType = "application/grpc";
                context.Response.Headers["grpc-status"] = "0";
            },
        });
        var error = await Assert.ThrowsAsync<RpcException>(() => server.Client().UnaryAsync(new EchoRequest()).ResponseAsync);
        Assert.Equal((StatusCode.Internal, "The stream ended without a message; expected one."), (error.StatusCode, error.Status.Detail));
    }

    [Fact]
    public async Task Keepalive_ends_the_connection_of_a_client_that_does_not_answer()
    {
        await using var server = await EchoServer.StartAsync(new()
        {
            Kestrel = kestrel =>
            {
                kestrel.Limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(1);
                kestrel.Limits.Http2.KeepAlivePingTimeout = TimeSpan.FromSeconds(1);
            },
        });
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(server.SocketPath));
        await using var stream = new NetworkStream(socket);
        await stream.WriteAsync((byte[])[.. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8, 0, 0, 0, 4, 0, 0, 0, 0, 0]);

        // Reads until the server gives up: settings and pings come before.
        await stream.CopyToAsync(Stream.Null).WaitAsync(EchoServer.Patience);
    }

    [Fact]
    public async Task Keepalive_leaves_a_watch_that_is_silent_alone()
    {
        // On a machine that is busy elsewhere an answer may take longer than a second: then it is tried with more.
        Exception? ended = null;
        foreach (var seconds in (int[])[1, 5, 20])
        {
            ended = await Record.ExceptionAsync(() => WatchAsync(TimeSpan.FromSeconds(seconds)));
            if (ended is null) return;
        }

        throw ended!;

        static async Task WatchAsync(TimeSpan timeout)
        {
            await using var server = await EchoServer.StartAsync(new()
            {
                Kestrel = kestrel =>
                {
                    kestrel.Limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(1);
                    kestrel.Limits.Http2.KeepAlivePingTimeout = timeout;
                },
            });
            server.Service.OnServerStream = async (_, responses, context) =>
            {
                await responses.WriteAsync(new EchoResponse { Number = 1 });
                await Task.Delay(timeout + TimeSpan.FromSeconds(3), context.CancellationToken);
                await responses.WriteAsync(new EchoResponse { Number = 2 });
            };
            using var call = server.Client().ServerStream(new EchoRequest());
            var numbers = await call.ResponseStream.ReadAllAsync().Select(response => response.Number).ToListAsync();
            Assert.Equal([1, 2], numbers);
        }
    }

    [Fact]
    public async Task A_request_that_trickles_in_does_not_keep_its_connection()
    {
        await using var server = await EchoServer.StartAsync(new()
        {
            Kestrel = kestrel => kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(1000, TimeSpan.FromSeconds(1.5)),
        });
        using var channel = server.Channel();
        var unary = new Method<EchoRequest, EchoResponse>(
            MethodType.DuplexStreaming, "nodeagent.tests.v1.Echo", "Unary", Marshallers.Create(message => message.ToByteArray(), EchoRequest.Parser.ParseFrom), Marshallers.Create(message => message.ToByteArray(), EchoResponse.Parser.ParseFrom));
        using var call = channel.CreateCallInvoker().AsyncDuplexStreamingCall(unary, null, default);
        var error = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(CancellationToken.None).WaitAsync(EchoServer.Patience));
        Assert.Equal(StatusCode.Unavailable, error.StatusCode);
    }

    [Fact]
    public async Task A_thousand_streams_are_open_at_once_and_leave_nothing_behind()
    {
        const int Streams = 1000;
        await using var server = await EchoServer.StartAsync(new() { Kestrel = kestrel => kestrel.Limits.Http2.MaxStreamsPerConnection = Streams });
        using var left = new CountdownEvent(Streams);
        server.Service.OnServerStream = async (request, responses, context) =>
        {
            try
            {
                await Endless(request, responses, context);
            }
            finally
            {
                left.Signal();
            }
        };
        var client = server.Client();
        var calls = Enumerable.Range(0, Streams).Select(_ => client.ServerStream(new EchoRequest())).ToList();
        Assert.DoesNotContain(false, await Task.WhenAll(calls.Select(call => call.ResponseStream.MoveNext(CancellationToken.None))).WaitAsync(EchoServer.Patience));
        Assert.Equal(Streams, left.CurrentCount);
        calls.ForEach(call => call.Dispose());
        Assert.True(left.Wait(EchoServer.Patience));
    }

    [Theory]
    [InlineData("localhost:9798")]
    [InlineData("unix:/run/nodeagent.sock")]
    [InlineData("ftp://localhost")]
    public void An_address_that_is_none_is_refused(string address) => Assert.ThrowsAny<ArgumentException>(() => GrpcChannel.ForAddress(address));

    private static async Task Endless(EchoRequest request, IServerStreamWriter<EchoResponse> responses, ServerCallContext context)
    {
        await responses.WriteAsync(new EchoResponse());
        await Task.Delay(Timeout.Infinite, context.CancellationToken);
    }
}
