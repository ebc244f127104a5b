using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Google.Protobuf;
using Grpc.Net.Client;
using NodeAgent.Tests.Unit.Grpc;
using Xunit;

namespace NodeAgent.Tests.Unit.Hosting;

/// <summary>Clients that misbehave: each gets a clear answer or is cut off, and costs nobody else anything.</summary>
public class FaultTests
{
    private const string Unary = "/nodeagent.tests.v1.Echo/Unary";

    [Fact]
    public async Task HTTP_1_on_the_gRPC_socket_is_told_so()
    {
        using var daemon = await new TestDaemon().Started();
        using var socket = await daemon.Connect();
        await socket.SendAsync("GET / HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray());
        Assert.Contains("HTTP/2", Encoding.ASCII.GetString(await RawHttp2.ReadToEnd(socket, EchoServer.Patience)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", null)]
    [InlineData("POST", "application/json")]
    public async Task A_request_that_is_no_gRPC_is_answered_in_a_sentence(string method, string? contentType)
    {
        using var daemon = await new TestDaemon().Started();
        using var client = new HttpClient(daemon.UnixHandler()) { DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };
        using var request = new HttpRequestMessage(new HttpMethod(method), "http://localhost" + Unary) { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        if (contentType is not null) request.Content = new StringContent("{}", Encoding.UTF8, contentType);
        using var response = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
        Assert.StartsWith("This is the gRPC API of nodeagent", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_served_by_one_door_is_not_served_by_the_other()
    {
        using var daemon = await new TestDaemon().Started();
        using var http = new HttpClient { BaseAddress = daemon.Http };
        using var call = new ByteArrayContent(RawHttp2.Message([]));
        call.Headers.ContentType = new("application/grpc");
        Assert.Equal(HttpStatusCode.NotFound, (await http.PostAsync(Unary, call)).StatusCode);

        using var client = new HttpClient(daemon.UnixHandler());
        foreach (var path in new[] { "metrics", "healthz", "readyz", "" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "http://localhost/" + path) { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
            Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await client.SendAsync(request)).StatusCode);
            Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(path)).StatusCode);
        }
    }

    [Fact]
    public async Task Text_that_is_not_UTF_8_reaches_no_service_as_it_came()
    {
        using var daemon = await new TestDaemon().Started();
        var seen = "";
        daemon.Service.OnUnary = (request, _) =>
        {
            seen = request.Text;
            return Task.FromResult(new EchoResponse());
        };
        using var client = new HttpClient(daemon.UnixHandler());

        // The protobuf runtime puts U+FFFD for what it cannot read.
        Assert.Equal("0", await Post(client, RawHttp2.Message([0x0A, 2, 0xC3, 0x28]), "identity"));
        Assert.Equal("\uFFFD(", seen);
    }

    [Fact]
    public async Task A_thousand_streams_at_once_on_one_connection_are_served_and_all_end_when_their_client_dies()
    {
        using var daemon = await new TestDaemon().Started();
        daemon.Service.OnServerStream = async (_, responses, context) =>
        {
            await responses.WriteAsync(new EchoResponse());
            await Task.Delay(Timeout.Infinite, context.CancellationToken);
        };
        using (var channel = GrpcChannel.ForAddress("http://localhost", new GrpcChannelOptions { HttpHandler = daemon.UnixHandler(), DisposeHttpClient = true }))
        {
            var client = new Echo.EchoClient(channel);
            var calls = Enumerable.Range(0, 1000).Select(_ => client.ServerStream(new EchoRequest())).ToList();
            foreach (var call in calls) Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
            Assert.Equal(1000, daemon.Access.Open);
            foreach (var call in calls) call.Dispose();
        }

        await Until(() => daemon.Access.Open == 0);
    }

    [Fact]
    public async Task A_client_that_dies_in_mid_stream_leaves_nothing_behind()
    {
        using var daemon = await new TestDaemon().Started();
        var reading = new TaskCompletionSource();
        daemon.Service.OnUnary = async (_, context) =>
        {
            reading.SetResult();
            await Task.Delay(Timeout.Infinite, context.CancellationToken);
            return new EchoResponse();
        };
        var socket = await daemon.Connect();
        await socket.SendAsync((byte[])[.. RawHttp2.Preface, .. RawHttp2.Call(1, Unary), .. RawHttp2.Frame(RawHttp2.Data, 1, 1, RawHttp2.Message([]))]);
        await reading.Task.WaitAsync(EchoServer.Patience);
        socket.Dispose();
        await Until(() => daemon.Access.Open == 0);
        await daemon.Log.Line(".Echo/Unary: the client went away");
    }

    [Fact]
    public async Task A_client_that_never_reads_holds_up_nobody_and_costs_no_more_than_its_buffers()
    {
        using var daemon = await new TestDaemon().Started();
        var written = 0L;
        daemon.Service.OnServerStream = async (_, responses, context) =>
        {
            var payload = ByteString.CopyFrom(new byte[16 << 10]);
            while (!context.CancellationToken.IsCancellationRequested)
            {
                await responses.WriteAsync(new EchoResponse { Payload = payload });
                Interlocked.Add(ref written, payload.Length);
            }
        };
        using var socket = await daemon.Connect();
        await socket.SendAsync((byte[])[.. RawHttp2.Preface, .. RawHttp2.Call(1, "/nodeagent.tests.v1.Echo/ServerStream"), .. RawHttp2.Frame(RawHttp2.Data, 1, 1, RawHttp2.Message([]))]);
        await Until(() => Interlocked.Read(ref written) > 0);
        for (var i = 0; i < 200; i++) await daemon.Client().UnaryAsync(new EchoRequest());
        Assert.InRange(Interlocked.Read(ref written), 1, 1 << 20);
        socket.Dispose();
        await Until(() => daemon.Access.Open == 0);
    }

    [Fact]
    public async Task Slow_loris_is_cut_off_on_both_listeners_while_others_are_served()
    {
        using var daemon = await new TestDaemon(static c => c with { Metrics = c.Metrics with { Address = new IPEndPoint(IPAddress.Loopback, 0) } }).Started();
        using var http = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await http.ConnectAsync(IPAddress.Loopback, daemon.Http.Port);
        await http.SendAsync("GET /metrics HTTP/1.1\r\nHost: "u8.ToArray());
        using var grpc = await daemon.Connect();
        await grpc.SendAsync((byte[])[.. RawHttp2.Preface, .. RawHttp2.Call(1, Unary, endHeaders: false)]);
        var (slowHttp, slowGrpc) = (RawHttp2.ReadToEnd(http, EchoServer.Patience), RawHttp2.ReadToEnd(grpc, EchoServer.Patience));
        await daemon.Client().UnaryAsync(new EchoRequest());
        Assert.Contains("408", Encoding.ASCII.GetString(await slowHttp), StringComparison.Ordinal);
        await slowGrpc;
    }

    internal static async Task Until(Func<bool> condition)
    {
        var start = Stopwatch.GetTimestamp();
        while (!condition())
        {
            if (Stopwatch.GetElapsedTime(start) > EchoServer.Patience) throw new TimeoutException("what was waited for did not come about");
            await Task.Delay(5);
        }
    }

    internal static async Task<string> Post(HttpClient client, byte[] body, string encoding)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "http://localhost" + Unary) { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact, Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/grpc");
        request.Headers.Add("grpc-encoding", encoding);
        request.Headers.TE.Add(new("trailers"));
        using var response = await client.SendAsync(request);
        return response.Headers.TryGetValues("grpc-status", out var values) || response.TrailingHeaders.TryGetValues("grpc-status", out values) ? values.Single() : "none";
    }
}
